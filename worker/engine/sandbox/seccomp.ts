import { assemble, type Line } from './bpf.ts';

/** Machine architectures that the filter knows, as Node.js names them, with the kernel's AUDIT_ARCH number. */
const architectures = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** System calls that a function has no business with: [x86-64, arm64] numbers, null where there is none. */
const refused: Readonly<Record<string, readonly [x64: number | null, arm64: number | null]>> = {
  // Changing what the file system looks like
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_tree_attr: [467, 467],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  fanotify_init: [300, 262],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  swapon: [167, 224],
  swapoff: [168, 225],
  // Other namespaces
  unshare: [272, 97],
  setns: [308, 268],
  // Looking into other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  // Large and rarely needed parts of the kernel, where most of its holes were found
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  lookup_dcookie: [212, 18],
  nfsservctl: [180, 42],
  personality: [135, 92],
  modify_ldt: [154, null],
  uselib: [134, null],
  ustat: [136, null],
  sysfs: [139, null],
  _sysctl: [156, null],
  // The machine itself
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  create_module: [174, null],
  get_kernel_syms: [177, null],
  query_module: [178, null],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  reboot: [169, 142],
  syslog: [103, 116],
  acct: [163, 89],
  vhangup: [153, 58],
  iopl: [172, null],
  ioperm: [173, null],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  sethostname: [170, 161],
  setdomainname: [171, 162],
};
const clone = [56, 220] as const;
const clone3 = [435, 435] as const;
const ioctl = [16, 29] as const;
const socket = [41, 198] as const;

/** Flags of `clone` that make namespaces (CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET). */
const namespaceFlags = 0x7e020000;
/** Requests of `ioctl` that type into a terminal (TIOCSTI, TIOCLINUX). */
const terminalInput = [0x5412, 0x541c];
/** Families of `socket` that exist: AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. AF_VSOCK would reach the hypervisor. */
const socketFamilies = [1, 2, 10, 16];
/** System calls of the x32 ABI have this bit set. */
const x32Bit = 0x40000000;

const allow = 0x7fff0000;
const killProcess = 0x80000000;
const fail = (errno: number) => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Offsets in `struct seccomp_data`: number, architecture, and the low halves of the first two arguments. */
const field = { number: 0, architecture: 4, firstArgument: 16, secondArgument: 24 };

/** @returns the filter program for `bwrap --seccomp`, or null for an architecture that it does not know. */
export function seccompFilter(architecture: string): Buffer | null {
  if (architecture !== 'x64' && architecture !== 'arm64') return null;
  const column = architecture === 'x64' ? 0 : 1;
  const numbers = Object.values(refused).flatMap((entry) => entry[column] ?? []);
  const lines: Line[] = [
    { load: field.architecture },
    { when: 'equal', value: architectures[architecture], goTo: 'native' },
    { give: killProcess },
    { label: 'native' },
    { load: field.number },
    { when: 'greaterOrEqual', value: x32Bit, goTo: 'refuse' },
    { when: 'equal', value: clone[column], goTo: 'clone' },
    { when: 'equal', value: ioctl[column], goTo: 'ioctl' },
    { when: 'equal', value: socket[column], goTo: 'socket' },
    // The flags of clone3 lie in memory, where a filter cannot look; without it the C library uses clone.
    { when: 'equal', value: clone3[column], goTo: 'missing' },
    ...numbers.map((value): Line => ({ when: 'equal', value, goTo: 'refuse' })),
    { goTo: 'allow' },
    { label: 'clone' },
    { load: field.firstArgument },
    { when: 'anyBit', value: namespaceFlags, goTo: 'refuse' },
    { goTo: 'allow' },
    { label: 'ioctl' },
    { load: field.secondArgument },
    ...terminalInput.map((value): Line => ({ when: 'equal', value, goTo: 'refuse' })),
    { goTo: 'allow' },
    { label: 'socket' },
    { load: field.firstArgument },
    ...socketFamilies.map((value): Line => ({ when: 'equal', value, goTo: 'allow' })),
    { give: fail(EAFNOSUPPORT) },
    { label: 'refuse' },
    { give: fail(EPERM) },
    { label: 'missing' },
    { give: fail(ENOSYS) },
    { label: 'allow' },
    { give: allow },
  ];
  return assemble(lines);
}
