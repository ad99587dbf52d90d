// Writes event.json with a year of sales, about 3.9 MB: below the 6 MB that an Invoke request may have.
// The numbers look random but are the same every time.
import { writeFileSync } from 'node:fs';

const rowCount = 80_000;
const regions = ['North', 'South', 'East', 'West', 'Overseas, air', 'Overseas, sea'];
const products = [
  'Kettle',
  'Poker',
  'Tongs',
  'Oak logs',
  'Ash bucket',
  'Fire grate',
  'Bellows',
  '"Ember" lamp',
];

let state = 20_260_131;
function random(limit) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

function quote(text) {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const lines = ['order_id,date,region,product,quantity,unit_price'];
for (let row = 0; row < rowCount; row++) {
  const date = new Date(Date.UTC(2025, 0, 1 + random(365))).toISOString().slice(0, 10);
  const quantity = row % 9_999 === 9_998 ? 'n/a' : 1 + random(20);
  const price = (5 + random(9_000) / 100).toFixed(2);
  const region = quote(regions[random(regions.length)]);
  const product = quote(products[random(products.length)]);
  lines.push(`${1_000_000 + row},${date},${region},${product},${quantity},${price}`);
}

writeFileSync(
  new URL('event.json', import.meta.url),
  JSON.stringify({
    version: '2.0',
    rawPath: '/reports',
    headers: { 'content-type': 'text/csv' },
    requestContext: { http: { method: 'POST', path: '/reports', sourceIp: '203.0.113.7' } },
    body: `${lines.join('\n')}\n`,
    isBase64Encoded: false,
  }),
);
