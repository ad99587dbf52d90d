/** Whether requests get through: yes; no, nobody is signed in; no, nobody answers. */
export type Connection = 'open' | 'signed-out' | 'worker-down';

let current: Connection = 'open';
const listeners = new Set<() => void>();

/** Tells the page what a request has found out. */
export function reportConnection(connection: Connection): void {
  if (connection === current) return;
  current = connection;
  for (const listener of listeners) listener();
}

/** The state as it is, and how to hear of its changes. */
export const connectionStore = {
  current: (): Connection => current,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
