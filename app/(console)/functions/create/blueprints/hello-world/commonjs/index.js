/** @type {import('aws-lambda').Handler<{ name?: string }>} */
exports.handler = async (event, context) => {
  console.log('Received', event);

  return {
    greeting: `Hello, ${event.name ?? 'world'}!`,
    function: context.functionName,
    memory: `${context.memoryLimitInMB} MB`,
    timeLeft: `${context.getRemainingTimeInMillis()} ms`,
  };
};
