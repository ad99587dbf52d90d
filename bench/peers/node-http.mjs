// The limit for one JavaScript thread: parse and echo JSON over node:http.
import { createServer } from 'node:http';

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
