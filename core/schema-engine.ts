import { readFile } from 'node:fs/promises';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

/** Runs work with Prisma's schema engine, which generates and applies migrations, on a database. */
export async function withSchemaEngine<Result>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  // The engine leaves its connections open.
  const connections: SqlDriverAdapter[] = [];
  const remember = (adapter: SqlDriverAdapter) => {
    connections.push(adapter);
    return adapter;
  };
  const adapterFactory = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => remember(await factory.connect()),
    connectToShadowDb: async () => acceptScripts(remember(await factory.connectToShadowDb())),
  });
  engineClass ??= loadEngine();
  const Engine = await engineClass;
  try {
    const engine = await Engine.new({ datamodels: undefined }, () => {}, adapterFactory);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    const first = adapterFactory.errorRegistry.consumeError(0);
    throw first ? new Error(`${error}`, { cause: first.error }) : error;
  } finally {
    for (const connection of connections) await connection.dispose();
  }
}

/** The engine replays a migration on the shadow database as one statement, which better-sqlite3 refuses. */
function acceptScripts(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/** Loaded once: a second instance would take the first one's place in the glue. */
let engineClass: Promise<typeof SchemaEngine> | undefined;

async function loadEngine(): Promise<typeof SchemaEngine> {
  // The package's own entry imports WebAssembly as a module, which Node.js still calls experimental.
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const binary = new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm'));
  const { instance } = await WebAssembly.instantiate(await readFile(binary), {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  });
  const { __wbg_set_wasm: attach, SchemaEngine } = glue as typeof glue & {
    __wbg_set_wasm(exports: WebAssembly.Exports): void;
  };
  attach(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return SchemaEngine;
}
