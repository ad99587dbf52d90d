// Lives as long as the execution environment: use a database for what must be kept.
const notes = new Map([['1', { id: '1', text: 'Light the fire' }]]);

const routes = [
  ['GET', /^\/notes$/, () => answer(200, [...notes.values()])],
  ['GET', /^\/notes\/(?<id>[^/]+)$/, ({ id }) => (notes.has(id) ? answer(200, notes.get(id)) : notFound())],
  ['POST', /^\/notes$/, (_, body) => addNote(body)],
];

/** @type {import('aws-lambda').Handler<import('aws-lambda').APIGatewayProxyEventV2>} */
exports.handler = async (event) => {
  const { method } = event.requestContext.http;
  console.log(method, event.rawPath);
  for (const [wantedMethod, pattern, run] of routes) {
    const match = method === wantedMethod && pattern.exec(event.rawPath);
    if (match) return run(match.groups ?? {}, event.body);
  }
  return notFound();
};

function addNote(body) {
  let text;
  try {
    text = JSON.parse(body ?? '').text;
  } catch {
    return answer(400, { message: 'The body must be JSON.' });
  }
  if (typeof text !== 'string' || text === '') return answer(400, { message: 'A note needs a text.' });
  const note = { id: String(notes.size + 1), text };
  notes.set(note.id, note);
  return answer(201, note);
}

function notFound() {
  return answer(404, { message: 'Not found.' });
}

function answer(statusCode, value) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
