import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { migrationsDirectory, readMigrations } from './migrations.ts';
import { withSchemaEngine } from './schema-engine.ts';

const schemaFile = path.join(import.meta.dirname, '../prisma/schema.prisma');

/** The SQL that leads from the migrations to prisma/schema.prisma; empty when they agree. */
export async function diffSchema(): Promise<string> {
  const from = await readMigrations(migrationsDirectory);
  const schema = { path: schemaFile, content: await readFile(schemaFile, 'utf8') };
  const { stdout } = await withSchemaEngine(new PrismaBetterSqlite3({ url: ':memory:' }), (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...from },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  const sql = stdout ?? '';
  return sql.includes('empty migration') ? '' : sql;
}
