// npm run bench [-- 1 3 10]: measures Hearth beside its peers and the physical limit, prints a table and writes
// bench/results/*.json; a full run also writes the table into docs/benchmarks.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { controlPlane } from './control-plane.ts';
import { keeps, type Row } from './row.ts';
import { burst, coldStarts, largePackage, manyFunctions, memory, warmInvocations } from './rows.ts';

const wanted = new Set(process.argv.slice(2).map(Number));
const asked = (...numbers: number[]) => wanted.size === 0 || numbers.some((number) => wanted.has(number));
const rows: Row[] = [];
let peers: string[][] = [];

async function measure(label: string, work: () => Promise<Row | Row[]>): Promise<void> {
  const started = performance.now();
  const found = [await work()].flat();
  rows.push(...found);
  console.log(`measured ${label} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

if (asked(1, 2)) {
  await measure('warm invocations', async () => {
    const measured = await warmInvocations();
    peers = measured.peers;
    return measured.rows;
  });
}
if (asked(3, 4)) await measure('cold starts', coldStarts);
if (asked(5)) await measure('the burst', burst);
if (asked(6)) await measure('memory', memory);
if (asked(7)) await measure('many functions', manyFunctions);
if (asked(10)) await measure('the large package', largePackage);
if (asked(11, 12, 13, 14)) await measure('the control plane', controlPlane);

const machine = `${os.availableParallelism()} cores (${os.cpus()[0]?.model ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}, Node.js ${process.version}`;
const table = [
  `Machine: ${machine}.`,
  '',
  ...markdownTable(
    ['#', 'Figure', 'Hearth', 'Beside it', 'Ratio', 'Bar', 'Stretch', ''],
    rows.map((row) => [
      `${row.number}`,
      row.what,
      row.hearth,
      row.beside,
      row.ratio.toFixed(2),
      row.bar,
      row.stretch,
      keeps(row.ratio, row.stretch) ? 'stretch' : keeps(row.ratio, row.bar) ? 'reached' : 'missed',
    ]),
  ),
  ...(peers.length > 0 ? ['', ...markdownTable(['Peer', 'c=1 p50', 'c=16'], peers)] : []),
].join('\n');
console.log(`\n${table}`);

const results = path.join(import.meta.dirname, 'results');
mkdirSync(results, { recursive: true });
writeFileSync(
  path.join(results, `${new Date().toISOString().replaceAll(':', '-')}.json`),
  JSON.stringify({ machine, rows, peers }, null, 2),
);
if (wanted.size === 0) {
  const document = path.join(import.meta.dirname, '../docs/benchmarks.md');
  const [before = '', , after = ''] = readFileSync(document, 'utf8').split(/<!-- (?:begin|end) bench -->\n/);
  writeFileSync(document, `${before}<!-- begin bench -->\n${table}\n<!-- end bench -->\n${after}`);
}

function markdownTable(head: string[], body: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}
