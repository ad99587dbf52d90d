import { Socket } from 'node:net';

/** The line to whoever started this process: says when it is ready, and notices when the starter is gone. */
export interface ControlChannel {
  ready(message: object): void;
  close(): void;
}

/**
 * Opens the channel on the file descriptor that `--control-fd=N` names; without one, both calls do nothing.
 * @param starterGone called once when the other end closes.
 */
export function openControlChannel(commandLine: readonly string[], starterGone: () => void): ControlChannel {
  const flag = commandLine.find((argument) => argument.startsWith('--control-fd='));
  if (!flag) return { ready: () => {}, close: () => {} };
  const socket = new Socket({ fd: Number(flag.split('=')[1]), readable: true, writable: true });
  socket.on('error', () => {});
  socket.on('close', starterGone);
  socket.resume();
  return {
    ready: (message) => socket.write(`${JSON.stringify(message)}\n`),
    close: () => {
      socket.off('close', starterGone);
      socket.destroy();
    },
  };
}
