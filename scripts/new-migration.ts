/**
 * `npm run migration <name>`: compares prisma/schema.prisma with prisma/migrations, without any network, and
 * writes what is missing as prisma/migrations/<timestamp>_<name>/migration.sql.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diffSchema } from '../core/migration-diff.ts';
import { migrationsDirectory } from '../core/migrations.ts';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: npm run migration <name>, where the name is lower case with underscores.');
  process.exit(2);
}
const sql = await diffSchema();
if (sql === '') {
  console.log('The migrations agree with prisma/schema.prisma already.');
} else {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const directory = path.join(migrationsDirectory, `${timestamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), sql);
  console.log(
    `Wrote ${path.relative(process.cwd(), directory)}/migration.sql. Read it before you commit it.`,
  );
}
