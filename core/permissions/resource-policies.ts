import type { PrismaClient } from '../../prisma/generated/client.ts';
import { written } from '../disk-full.ts';
import type { Statement } from './statement.ts';

/** What has a policy: a function, one of its versions or aliases, or a version of a layer. */
export interface PolicyTarget {
  /** ARN of the function or layer, unqualified. */
  resource: string;
  /** Version or alias; undefined for the function itself. */
  qualifier: string | undefined;
}

export interface ResourcePolicy {
  statements: readonly Statement[];
  revisionId: string;
}

/** All resource policies in memory, so that authorization never waits for the database. */
export class ResourcePolicies {
  readonly #db: PrismaClient;
  /** By unqualified ARN, then by qualifier. */
  readonly #policies = new Map<string, Map<string, ResourcePolicy>>();

  private constructor(db: PrismaClient) {
    this.#db = db;
  }

  static async open(db: PrismaClient): Promise<ResourcePolicies> {
    const policies = new ResourcePolicies(db);
    for (const { resource, qualifier, statements, revisionId } of await db.resourcePolicy.findMany()) {
      policies.#remember(resource, qualifier, { statements: JSON.parse(statements), revisionId });
    }
    return policies;
  }

  find({ resource, qualifier = '' }: PolicyTarget): ResourcePolicy | undefined {
    return this.#policies.get(resource)?.get(qualifier);
  }

  /** Replaces a policy; without statements there is none. */
  async set({ resource, qualifier = '' }: PolicyTarget, policy: ResourcePolicy): Promise<void> {
    if (policy.statements.length === 0) {
      await written(this.#db.resourcePolicy.deleteMany({ where: { resource, qualifier } }));
      this.#policies.get(resource)?.delete(qualifier);
      return;
    }
    const columns = { statements: JSON.stringify(policy.statements), revisionId: policy.revisionId };
    await written(
      this.#db.resourcePolicy.upsert({
        where: { resource_qualifier: { resource, qualifier } },
        create: { resource, qualifier, ...columns },
        update: columns,
      }),
    );
    this.#remember(resource, qualifier, policy);
  }

  /** Takes note that a resource, or one version of it, is gone; its rows go in the transaction that deletes it. */
  forget(resource: string, qualifier?: string): void {
    if (qualifier === undefined) this.#policies.delete(resource);
    else this.#policies.get(resource)?.delete(qualifier);
  }

  #remember(resource: string, qualifier: string, policy: ResourcePolicy): void {
    const policies = this.#policies.get(resource) ?? new Map<string, ResourcePolicy>();
    this.#policies.set(resource, policies.set(qualifier, policy));
  }
}
