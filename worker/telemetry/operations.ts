import type { Caller, JsonObject } from '../../core/caller.ts';
import type { TelemetryStore } from './store/telemetry-store.ts';

/** Whose telemetry is meant. */
export type Scope = Pick<Caller, 'accountId' | 'region'>;

/** One question to the store, or change of it: input unchecked, answer in the shape that the client gets. */
export type Operation = (store: TelemetryStore, scope: Scope, input: JsonObject) => Promise<unknown>;
