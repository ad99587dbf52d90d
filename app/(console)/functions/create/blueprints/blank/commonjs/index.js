/** @type {import('aws-lambda').Handler} */
exports.handler = async (event) => event;
