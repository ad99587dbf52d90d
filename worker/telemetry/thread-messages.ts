import type { JsonObject } from '../../core/caller.ts';
import type { FaultCode } from './aws-fault.ts';
import type { Batch } from './batch.ts';
import type { Scope } from './operations.ts';
import type { RetentionLimits } from './store/retention.ts';

/** What the store's thread is started with. */
export interface StoreSettings {
  /** Absolute path. */
  directory: string;
  memoryMegabytes: number;
  threads: number;
  /** 32 bytes. */
  payloadKey: Uint8Array;
  retention: RetentionLimits;
}

/** From the worker to the store's thread. */
export type ToStore =
  | { kind: 'batch'; batch: Batch }
  | { kind: 'call'; id: number; operation: string; scope: Scope; input: JsonObject }
  | { kind: 'close' };

/** From the store's thread to the worker. */
export type FromStore =
  | { kind: 'ready' }
  /** A batch was taken; `invocations` tells whether it had any. */
  | { kind: 'confirmed'; invocations: boolean }
  | { kind: 'answer'; id: number; value: unknown }
  | {
      kind: 'fault';
      id: number;
      code: FaultCode;
      message: string;
      details: Readonly<Record<string, unknown>>;
    }
  | { kind: 'failure'; id: number; error: string }
  | { kind: 'warning'; message: string };
