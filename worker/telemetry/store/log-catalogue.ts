import type { DuckDBConnection } from '@duckdb/node-api';
import type { StreamName } from '../batch.ts';
import type { Database } from './database.ts';
import { readRows } from './database.ts';

/** Where log lines belong. */
export interface Scope {
  accountId: string;
  region: string;
}

export interface LogGroup extends Scope {
  id: number;
  name: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Undefined: for ever. */
  retentionDays: number | undefined;
  /** Bytes that arrived, before compression. */
  storedBytes: number;
  tags: Record<string, string>;
}

const maxCachedStreams = 20_000;

/**
 * The log groups, all in memory, and the ids of the streams written to lately. Ids are never used twice, so that the
 * lines of a deleted group stay invisible until they are gone.
 */
export class LogCatalogue {
  readonly #groups = new Map<string, LogGroup>();
  readonly #streamIds = new Map<string, number>();
  #nextGroupId = 1;
  #nextStreamId = 1;

  static async load(database: Database): Promise<LogCatalogue> {
    const catalogue = new LogCatalogue();
    const rows = await database.rows<{
      id: number;
      account_id: string;
      region: string;
      name: string;
      created_at: number;
      retention_days: number | null;
      stored_bytes: number;
      tags: string;
    }>('SELECT * FROM log_groups');
    for (const row of rows) {
      catalogue.#add({
        id: row.id,
        accountId: row.account_id,
        region: row.region,
        name: row.name,
        createdAt: row.created_at,
        retentionDays: row.retention_days ?? undefined,
        storedBytes: row.stored_bytes,
        tags: JSON.parse(row.tags) as Record<string, string>,
      });
    }
    // Lines can outlive their group or stream for a while; their ids are taken too.
    const [taken] = await database.rows<{ group_id: number; stream_id: number }>(
      `SELECT greatest((SELECT coalesce(max(group_id), 0) FROM log_lines), (SELECT coalesce(max(id), 0) FROM log_groups)) AS group_id,
              greatest((SELECT coalesce(max(stream_id), 0) FROM log_lines), (SELECT coalesce(max(id), 0) FROM log_streams)) AS stream_id`,
    );
    catalogue.#nextGroupId = (taken?.group_id ?? 0) + 1;
    catalogue.#nextStreamId = (taken?.stream_id ?? 0) + 1;
    return catalogue;
  }

  find({ accountId, region }: Scope, name: string): LogGroup | undefined {
    return this.#groups.get(keyOf(accountId, region, name));
  }

  /** In the order of names. */
  list(scope: Scope): LogGroup[] {
    return [...this.#groups.values()]
      .filter(({ accountId, region }) => accountId === scope.accountId && region === scope.region)
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  all(): Iterable<LogGroup> {
    return this.#groups.values();
  }

  /** Inserts a group that `find` does not know. */
  async create(
    writer: DuckDBConnection,
    { accountId, region }: Scope,
    name: string,
    createdAt: number,
    tags: Record<string, string> = {},
  ): Promise<LogGroup> {
    const group: LogGroup = {
      id: this.#nextGroupId,
      accountId,
      region,
      name,
      createdAt,
      retentionDays: undefined,
      storedBytes: 0,
      tags,
    };
    await writer.run('INSERT INTO log_groups VALUES ($1, $2, $3, $4, $5, NULL, 0, $6)', [
      group.id,
      accountId,
      region,
      name,
      createdAt,
      JSON.stringify(tags),
    ]);
    this.#nextGroupId += 1;
    this.#add(group);
    return group;
  }

  /** Keeps what was changed of a group. */
  async update(writer: DuckDBConnection, group: LogGroup): Promise<void> {
    await writer.run(
      'UPDATE log_groups SET retention_days = $2, stored_bytes = $3, tags = $4 WHERE id = $1',
      [group.id, group.retentionDays ?? null, group.storedBytes, JSON.stringify(group.tags)],
    );
  }

  async delete(writer: DuckDBConnection, group: LogGroup): Promise<void> {
    await writer.run('DELETE FROM log_groups WHERE id = $1', [group.id]);
    await writer.run('DELETE FROM log_streams WHERE group_id = $1', [group.id]);
    this.#groups.delete(keyOf(group.accountId, group.region, group.name));
    this.#streamIds.clear();
  }

  /** @returns whether there was such a stream. */
  async deleteStream(writer: DuckDBConnection, group: LogGroup, name: string): Promise<boolean> {
    const sql = 'DELETE FROM log_streams WHERE group_id = $1 AND name = $2 RETURNING id';
    this.#streamIds.clear();
    return (await readRows(writer, sql, [group.id, name])).length > 0;
  }

  /** The group and the stream's id for each name, made when there is none yet. */
  async resolve(
    writer: DuckDBConnection,
    names: readonly StreamName[],
    now: number,
  ): Promise<{ group: LogGroup; streamId: number }[]> {
    const resolved: { group: LogGroup; streamId: number }[] = [];
    for (const name of names) {
      const group =
        this.find(name, name.logGroupName) ?? (await this.create(writer, name, name.logGroupName, now));
      const streamId = await this.#resolveStream(writer, group, name.logStreamName, now);
      resolved.push({ group, streamId });
    }
    return resolved;
  }

  /** @returns the id of a stream, or undefined when there is none of this name. */
  async findStream(reader: DuckDBConnection, group: LogGroup, name: string): Promise<number | undefined> {
    const cached = this.#streamIds.get(`${group.id}/${name}`);
    if (cached !== undefined) return cached;
    const sql = 'SELECT id FROM log_streams WHERE group_id = $1 AND name = $2';
    const [row] = await readRows<{ id: number }>(reader, sql, [group.id, name]);
    return row?.id;
  }

  async #resolveStream(
    writer: DuckDBConnection,
    group: LogGroup,
    name: string,
    now: number,
  ): Promise<number> {
    const key = `${group.id}/${name}`;
    let id = this.#streamIds.get(key) ?? (await this.findStream(writer, group, name));
    if (id === undefined) {
      id = this.#nextStreamId;
      this.#nextStreamId += 1;
      await writer.run('INSERT INTO log_streams VALUES ($1, $2, $3, $4)', [id, group.id, name, now]);
    }
    if (this.#streamIds.size >= maxCachedStreams) this.#streamIds.clear();
    this.#streamIds.set(key, id);
    return id;
  }

  #add(group: LogGroup): void {
    this.#groups.set(keyOf(group.accountId, group.region, group.name), group);
  }
}

function keyOf(accountId: string, region: string, name: string): string {
  return `${accountId}/${region}/${name}`;
}
