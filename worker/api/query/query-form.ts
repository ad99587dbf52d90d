import type { JsonObject } from '../../../core/caller.ts';
import { ServiceError } from '../../../core/errors.ts';

/** Names are this deep at most, and a request has so many at most. */
const deepest = 8;
const mostParameters = 1000;

/**
 * Reads a request of AWS's query protocol: `Tags.member.1.Key=a` is the member `Key` of the first of `Tags`.
 * @throws ServiceError SerializationException.
 */
export function parseQueryForm(body: string): JsonObject {
  const parameters = [...new URLSearchParams(body)];
  if (parameters.length > mostParameters) throw malformed('too many parameters');
  const root = new Map<string, Node>();
  for (const [name, value] of parameters) insert(root, name.split('.'), value);
  return Object.fromEntries([...root].map(([name, node]) => [name, plain(node)]));
}

type Node = string | Map<string, Node>;

function insert(root: Map<string, Node>, path: string[], value: string): void {
  if (path.length > deepest) throw malformed('a name is too deep');
  let node = root;
  for (const part of path.slice(0, -1)) {
    const next = node.get(part) ?? new Map<string, Node>();
    if (typeof next === 'string') throw malformed(`${path.join('.')} is a value and a structure`);
    node.set(part, next);
    node = next;
  }
  const last = path.at(-1) ?? '';
  if (node.has(last)) throw malformed(`${path.join('.')} is given twice`);
  node.set(last, value);
}

/** A structure whose only member is `member` is a list, its items by number. */
function plain(node: Node): unknown {
  if (typeof node === 'string') return node;
  const items = node.get('member');
  if (node.size === 1 && items instanceof Map) {
    return [...items].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => plain(item));
  }
  return Object.fromEntries([...node].map(([name, member]) => [name, plain(member)]));
}

function malformed(reason: string): ServiceError {
  return new ServiceError('SerializationException', `The request is malformed: ${reason}.`);
}
