// @ts-check
'use strict';
const { spawn } = require('node:child_process');
const { closeSync, openSync, readFileSync, readSync, statSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** Go's names, which Lambda prints, for why a program does not start. */
const reasons = new Map([
  ['EACCES', 'permission denied'],
  ['ENOENT', 'no such file or directory'],
  ['ENOEXEC', 'exec format error'],
]);
/** Start of an ELF header up to its class (32 or 64 bit), and where it names the machine. */
const elfBytes = 20;
const classEnd = 5;
const machineStart = 18;
/** What a shell adds to the number of the signal that ended a process. */
const signalOffset = 128;

/** @typedef {{ onExit: (code: number) => void, onInvalid: (message: string) => void }} Listeners */

/**
 * Starts the first file `bootstrap` of the given directories.
 * @param {readonly string[]} directories
 * @param {NodeJS.ProcessEnv} env its complete environment
 * @param {Listeners} listeners `onExit` with the code a shell would give; `onInvalid` when it cannot be started, with
 *   Lambda's words for Runtime.InvalidEntrypoint
 * @returns {{ readonly pid?: number, kill: () => void } | null}
 */
function startBootstrap(directories, env, { onExit, onInvalid }) {
  const candidates = directories.map((directory) => path.join(directory, 'bootstrap'));
  const file = candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
  if (file === undefined) {
    onInvalid(`Couldn't find valid bootstrap(s): [${candidates.join(' ')}]`);
    return null;
  }
  /** @param {unknown} error */
  const refuse = (error) => {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    onInvalid(`fork/exec ${file}: ${reasons.get(code) ?? code}`);
  };
  try {
    checkFormat(file);
    const child = spawn(file, [], { cwd: directories[0], env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', refuse);
    child.once('exit', (code, signal) =>
      onExit(signal === null ? (code ?? 1) : signalOffset + os.constants.signals[signal]),
    );
    return { pid: child.pid, kill: () => child.kill('SIGKILL') };
  } catch (error) {
    refuse(error);
    return null;
  }
}

/**
 * The C library hands to the shell what the kernel cannot execute: a script without `#!`, a program for another
 * machine. Lambda refuses both.
 * @param {string} file
 * @throws {Error} with the code ENOEXEC, or why it cannot be read
 */
function checkFormat(file) {
  const start = startOf(file);
  if (start.toString('latin1', 0, 2) === '#!') return;
  const own = startOf(process.execPath);
  const isForThisMachine =
    start.subarray(0, classEnd).equals(own.subarray(0, classEnd)) &&
    start.subarray(machineStart).equals(own.subarray(machineStart));
  if (!isForThisMachine) throw Object.assign(new Error('exec format error'), { code: 'ENOEXEC' });
}

/** @param {string} file */
function startOf(file) {
  const start = Buffer.alloc(elfBytes);
  const descriptor = openSync(file, 'r');
  readSync(descriptor, start);
  closeSync(descriptor);
  return start;
}

/**
 * @param {number | undefined} pid
 * @returns {number} the most memory that a process has used so far; 0 where nobody tells
 */
function maxRssKilobytes(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

module.exports = { maxRssKilobytes, startBootstrap };
