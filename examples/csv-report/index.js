import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { SalesReport } from './report.js';

/** Turns the CSV in the event's `body` (payload format 2.0, plain or base64) into a report of sales. */
export async function handler(event) {
  const csv = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  const report = new SalesReport();
  // Row by row: a table of millions of cells as objects would not fit the function's memory.
  const rows = Readable.from([csv]).pipe(
    parse({ columns: true, bom: true, info: true, relax_column_count: true }),
  );
  for await (const { record, info } of rows) report.add(record, info.lines);
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
  };
}
