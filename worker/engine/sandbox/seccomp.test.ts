import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from './bpf.ts';
import { seccompFilter } from './seccomp.ts';

const allow = 0x7fff0000;
const kill = 0x80000000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050000 | 38;
const EAFNOSUPPORT = 0x00050000 | 97;

/** What the kernel shows a filter of one system call. */
interface Call {
  number: number;
  architecture: number;
  arguments?: number[];
}

/** Runs a program as the kernel would. */
function run(program: Buffer, call: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(call.number >>> 0, 0);
  data.writeUInt32LE(call.architecture, 4);
  for (const [index, argument] of (call.arguments ?? []).entries()) {
    data.writeBigUInt64LE(BigInt(argument), 16 + index * 8);
  }
  let accumulator = 0;
  for (let position = 0; position * 8 < program.length; position++) {
    const code = program.readUInt16LE(position * 8);
    const ifTrue = program.readUInt8(position * 8 + 2);
    const ifFalse = program.readUInt8(position * 8 + 3);
    const value = program.readUInt32LE(position * 8 + 4);
    if (code === 0x20) accumulator = data.readUInt32LE(value);
    else if (code === 0x06) return value;
    else if (code === 0x05) position += value;
    else if (code === 0x15) position += accumulator === value ? ifTrue : ifFalse;
    else if (code === 0x35) position += accumulator >= value ? ifTrue : ifFalse;
    else if (code === 0x45) position += (accumulator & value) !== 0 ? ifTrue : ifFalse;
    else throw new Error(`Instruction ${code} at ${position}.`);
  }
  throw new Error('The program ended without an answer.');
}

const machines = [
  {
    name: 'x64',
    architecture: 0xc000003e,
    numbers: {
      read: 0,
      mount: 165,
      ptrace: 101,
      unshare: 272,
      bpf: 321,
      clone: 56,
      clone3: 435,
      ioctl: 16,
      socket: 41,
      io_uring_setup: 425,
      reboot: 169,
    },
  },
  {
    name: 'arm64',
    architecture: 0xc00000b7,
    numbers: {
      read: 63,
      mount: 40,
      ptrace: 117,
      unshare: 97,
      bpf: 280,
      clone: 220,
      clone3: 435,
      ioctl: 29,
      socket: 198,
      io_uring_setup: 425,
      reboot: 142,
    },
  },
] as const;

test.each(machines)(
  'on $name what harms is refused and the rest is allowed',
  ({ name, architecture, numbers }) => {
    const filter = seccompFilter(name) ?? Buffer.alloc(0);
    const answer = (number: number, ...args: number[]) =>
      run(filter, { number, architecture, arguments: args });
    expect(filter.length / 8).toBeLessThan(4096);
    expect(answer(numbers.read)).toBe(allow);
    for (const call of ['mount', 'ptrace', 'unshare', 'bpf', 'io_uring_setup', 'reboot'] as const) {
      expect(answer(numbers[call])).toBe(EPERM);
    }
    expect(answer(numbers.clone3)).toBe(ENOSYS);
    // Threads and processes, but no namespaces.
    expect(answer(numbers.clone, 0x3d0f00)).toBe(allow);
    expect(answer(numbers.clone, 17)).toBe(allow);
    expect(answer(numbers.clone, 0x10000000 | 17)).toBe(EPERM);
    expect(answer(numbers.ioctl, 0, 0x5401)).toBe(allow);
    expect(answer(numbers.ioctl, 0, 0x5412)).toBe(EPERM);
    for (const family of [1, 2, 10, 16]) expect(answer(numbers.socket, family)).toBe(allow);
    for (const family of [17, 38, 40]) expect(answer(numbers.socket, family)).toBe(EAFNOSUPPORT);
  },
);

test('system calls of another architecture end the process, and those of x32 are refused', () => {
  const filter = seccompFilter('x64') ?? Buffer.alloc(0);
  expect(run(filter, { number: 0, architecture: 0x40000003 })).toBe(kill);
  expect(run(filter, { number: 0x40000000, architecture: 0xc000003e })).toBe(EPERM);
});

test('every system call gets an answer', () => {
  for (const { name, architecture } of machines) {
    const filter = seccompFilter(name) ?? Buffer.alloc(0);
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (number, argument) => {
        expect([allow, EPERM, ENOSYS, EAFNOSUPPORT]).toContain(
          run(filter, { number, architecture, arguments: [argument, argument] }),
        );
      }),
    );
  }
});

test('there is no filter for an architecture that it does not know', () => {
  expect(seccompFilter('riscv64')).toBeNull();
});

test('a jump without its label ahead of it is refused', () => {
  expect(() => assemble([{ goTo: 'nowhere' }])).toThrow('No label nowhere');
  expect(() => assemble([{ label: 'back' }, { goTo: 'back' }])).toThrow('No label back');
});
