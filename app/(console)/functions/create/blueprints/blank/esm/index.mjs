/** @type {import('aws-lambda').Handler} */
export const handler = async (event) => event;
