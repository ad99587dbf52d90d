'use client';
import { useSyncExternalStore } from 'react';
import { type Connection, connectionStore } from '../api/connection.ts';

/** Follows the state of the connection. */
export function useConnection(): Connection {
  return useSyncExternalStore(connectionStore.subscribe, connectionStore.current, () => 'open');
}
