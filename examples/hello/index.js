/** Greets whoever the event names. */
export async function handler(event, context) {
  const name = event.name ?? 'world';
  console.log(`Greeting ${name}`);
  return { message: `Hello, ${name}!`, version: context.functionVersion };
}
