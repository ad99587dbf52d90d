import type { FunctionUrlAuthType, InvokeMode } from '@aws-sdk/client-lambda';
import type { FunctionUrl as FunctionUrlRow, PrismaClient } from '../../prisma/generated/client.ts';
import { functionArn } from '../arn.ts';
import { written } from '../disk-full.ts';
import type { FunctionUrl } from './function-url.ts';

/** The function or alias that a URL leads to. */
type Target = Pick<FunctionUrl, 'accountId' | 'region' | 'functionName' | 'aliasName'>;

/** All function URLs in memory, so that requests to them never wait for the database. */
export class FunctionUrlRegistry {
  readonly #db: PrismaClient;
  readonly #byId = new Map<string, FunctionUrl>();
  /** By the unqualified ARN of the function, then by alias; empty for the function itself. */
  readonly #byFunction = new Map<string, Map<string, FunctionUrl>>();

  private constructor(db: PrismaClient) {
    this.#db = db;
  }

  static async open(db: PrismaClient): Promise<FunctionUrlRegistry> {
    const registry = new FunctionUrlRegistry(db);
    const rows = await db.functionUrl.findMany({
      include: { function: { select: { accountId: true, region: true, name: true } } },
    });
    for (const { function: owner, ...row } of rows) registry.#remember(readRow(row, owner));
    return registry;
  }

  /** By its id, whatever that is. */
  find(id: string): FunctionUrl | undefined {
    return this.#byId.get(id);
  }

  /** The URL of a function or of one of its aliases. */
  of(target: Target): FunctionUrl | undefined {
    return this.#byFunction.get(functionArn(target))?.get(target.aliasName ?? '');
  }

  /** All URLs of a function, in the order of their aliases, its own first. */
  list(arn: string): FunctionUrl[] {
    const urls = [...(this.#byFunction.get(arn)?.entries() ?? [])];
    return urls.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, url]) => url);
  }

  /** Makes or replaces a URL. Call it inside the function's `exclusively`. */
  async set(functionId: string, url: FunctionUrl): Promise<void> {
    const { id, authType, invokeMode, creationTime, lastModifiedTime } = url;
    const columns = {
      authType,
      invokeMode,
      cors: url.cors ? JSON.stringify(url.cors) : null,
      lastModifiedTime,
    };
    await written(
      this.#db.functionUrl.upsert({
        where: { id },
        create: { id, functionId, aliasName: url.aliasName ?? null, creationTime, ...columns },
        update: columns,
      }),
    );
    this.#remember(url);
  }

  async delete(url: FunctionUrl): Promise<void> {
    await written(this.#db.functionUrl.deleteMany({ where: { id: url.id } }));
    this.forget(url);
  }

  /** Takes note that an alias is gone; its URL's row goes with it. */
  forget(target: Target): void {
    const urls = this.#byFunction.get(functionArn(target));
    const url = urls?.get(target.aliasName ?? '');
    if (!urls || !url) return;
    urls.delete(target.aliasName ?? '');
    this.#byId.delete(url.id);
  }

  /** Takes note that a function is gone; the rows of its URLs go with it. */
  forgetFunction(arn: string): void {
    for (const { id } of this.list(arn)) this.#byId.delete(id);
    this.#byFunction.delete(arn);
  }

  #remember(url: FunctionUrl): void {
    const arn = functionArn(url);
    const urls = this.#byFunction.get(arn) ?? new Map<string, FunctionUrl>();
    this.#byFunction.set(arn, urls.set(url.aliasName ?? '', url));
    this.#byId.set(url.id, url);
  }
}

function readRow(
  row: FunctionUrlRow,
  { accountId, region, name }: { accountId: string; region: string; name: string },
): FunctionUrl {
  return {
    id: row.id,
    accountId,
    region,
    functionName: name,
    aliasName: row.aliasName ?? undefined,
    authType: row.authType as FunctionUrlAuthType,
    invokeMode: row.invokeMode as InvokeMode,
    cors: row.cors === null ? undefined : JSON.parse(row.cors),
    creationTime: row.creationTime,
    lastModifiedTime: row.lastModifiedTime,
  };
}
