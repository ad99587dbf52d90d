import type { Caller, JsonObject } from '../../../core/caller.ts';
import type { Core } from '../../../core/core.ts';

/** A service that speaks AWS's query protocol: forms in, XML out, all operations at `POST /`. */
export interface QueryService {
  /** As signatures name it. */
  name: 'iam' | 'sts';
  /** The `Version` of its requests. */
  version: string;
  /** Namespace of its XML. */
  namespace: string;
  /** By name; a result of undefined makes an answer without one. */
  operations: Readonly<Record<string, (core: Core, caller: Caller, input: JsonObject) => Promise<unknown>>>;
}
