/** Classic BPF, as seccomp takes it: a program of instructions of eight bytes. */

const load = 0x20; // BPF_LD | BPF_W | BPF_ABS
const jumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const jumpIfGreaterOrEqual = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const jumpIfAnyBit = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const give = 0x06; // BPF_RET | BPF_K

const tests = { equal: jumpIfEqual, greaterOrEqual: jumpIfGreaterOrEqual, anyBit: jumpIfAnyBit } as const;

/** One line of a program. A label marks the place of the next instruction; jumps only go forward. */
export type Line =
  | { label: string }
  | { load: number }
  | { when: keyof typeof tests; value: number; goTo: string }
  | { goTo: string }
  | { give: number };

/**
 * Assembles a program. Conditional jumps of BPF reach 255 instructions only, so each becomes a test that skips an
 * unconditional jump, which reaches any distance.
 * @throws Error when a label is missing or lies behind its jump.
 */
export function assemble(lines: readonly Line[]): Buffer {
  const addresses = new Map<string, number>();
  let length = 0;
  for (const line of lines) {
    if ('label' in line) addresses.set(line.label, length);
    else length += 'when' in line ? 2 : 1;
  }

  const program = Buffer.alloc(length * 8);
  let position = 0;
  const emit = (code: number, ifTrue: number, ifFalse: number, value: number) => {
    // The kernel reads the program in the machine's own byte order; both supported ones are little endian.
    program.writeUInt16LE(code, position * 8);
    program.writeUInt8(ifTrue, position * 8 + 2);
    program.writeUInt8(ifFalse, position * 8 + 3);
    program.writeUInt32LE(value, position * 8 + 4);
    position++;
  };
  const jump = (label: string) => {
    const distance = (addresses.get(label) ?? -1) - position - 1;
    if (distance < 0) throw new Error(`No label ${label} ahead of the jump to it.`);
    emit(0x05, 0, 0, distance); // BPF_JMP | BPF_JA
  };

  for (const line of lines) {
    if ('load' in line) emit(load, 0, 0, line.load);
    else if ('when' in line) {
      emit(tests[line.when], 0, 1, line.value);
      jump(line.goTo);
    } else if ('give' in line) emit(give, 0, 0, line.give);
    else if ('goTo' in line) jump(line.goTo);
  }
  return program;
}
