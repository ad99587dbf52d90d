import type { PrismaClient } from '../../prisma/generated/client.ts';
import { ServiceError } from '../errors.ts';
import { limits } from '../limits.ts';
import { LATEST } from '../versions/version-name.ts';

interface Owner {
  accountId: string;
  region: string;
}

/** What an account keeps in a region. */
export interface Usage {
  functionCount: number;
  /** Bytes of the zips of all versions of its functions and layers. */
  codeBytes: number;
}

/** How much every account keeps, in memory, so that asking costs the same however many functions there are. */
export class AccountUsage {
  readonly #usage = new Map<string, Usage>();

  static async open(db: PrismaClient): Promise<AccountUsage> {
    const groups = await db.function.groupBy({
      by: ['accountId', 'region', 'version'],
      _count: true,
      _sum: { codeSize: true },
    });
    const layers = await db.layerVersion.groupBy({
      by: ['accountId', 'region'],
      where: { deleted: false },
      _sum: { codeSize: true },
    });
    const usage = new AccountUsage();
    for (const { _count, _sum, version, ...owner } of groups) {
      usage.add(owner, version === LATEST ? _count : 0, Number(_sum.codeSize));
    }
    for (const { _sum, ...owner } of layers) usage.add(owner, 0, Number(_sum.codeSize));
    return usage;
  }

  of({ accountId, region }: Owner): Usage {
    return this.#usage.get(`${accountId}/${region}`) ?? { functionCount: 0, codeBytes: 0 };
  }

  /** Takes note of a change that is in the database. */
  add(owner: Owner, functions: number, codeBytes: number): void {
    const before = this.of(owner);
    this.#usage.set(`${owner.accountId}/${owner.region}`, {
      functionCount: before.functionCount + functions,
      codeBytes: before.codeBytes + codeBytes,
    });
  }

  /** @throws ServiceError CodeStorageExceededException when so many bytes more are too many. */
  checkRoom(owner: Owner, codeBytes: number): void {
    if (this.of(owner).codeBytes + codeBytes <= limits.codeStorageBytes) return;
    throw new ServiceError('CodeStorageExceededException', 'Code storage limit exceeded.');
  }
}
