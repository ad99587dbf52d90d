import { accessSync, chmodSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { IsolationReport } from '../engine.ts';
import type { AvailableRuntime } from '../runtimes.ts';
import { BubblewrapDriver } from './bubblewrap.ts';
import type { CgroupHierarchy } from './cgroup.ts';
import { findCgroups } from './find-cgroups.ts';
import { MountNamespace } from './mount-namespace.ts';
import { FunctionNetwork, type FunctionNetworkOptions } from './network/function-network.ts';
import { PlainProcessDriver } from './plain-process.ts';
import { writeRootFiles } from './root-files.ts';
import type { SandboxDriver } from './sandbox.ts';
import { seccompFilter } from './seccomp.ts';

export interface DriverOptions {
  dataDirectory: string;
  /** Names this worker's control groups: the same after a restart on the same data. */
  instance: string;
  runtimes: readonly AvailableRuntime[];
  /** Whether functions may run without any isolation. */
  allowUnsandboxed: boolean;
  /** What functions may reach, where it can be had. */
  functionNetwork: 'internet' | 'none';
  nameServers: FunctionNetworkOptions['nameServers'];
  onProblem: FunctionNetworkOptions['onProblem'];
}

export interface ChosenDriver {
  /** Null: nothing here can isolate functions, and running them without was not allowed. */
  driver: SandboxDriver | null;
  isolation: IsolationReport;
}

type Protection = IsolationReport['protections'][number];

const probeMilliseconds = 10_000;

/** Finds out what this machine can do to isolate functions, and removes what an earlier worker left behind. */
export async function chooseDriver(options: DriverOptions): Promise<ChosenDriver> {
  const environmentsDirectory = path.join(options.dataDirectory, 'environments');
  const codeDirectory = path.join(options.dataDirectory, 'code');
  mkdirSync(codeDirectory, { recursive: true });
  mkdirSync(environmentsDirectory, { recursive: true });
  // Environments have user ids of their own, which must pass through here but need not look around.
  chmodSync(environmentsDirectory, 0o711);
  await Promise.all(
    readdirSync(environmentsDirectory).map((entry) =>
      rm(path.join(environmentsDirectory, entry), { recursive: true, force: true }),
    ),
  );

  const protections: Protection[] = [];
  try {
    const driver = await makeBubblewrap(options, environmentsDirectory, codeDirectory, protections);
    return { driver, isolation: { driver: 'bubblewrap', protections } };
  } catch (error) {
    const detail = `Functions cannot be isolated on this machine: ${(error as Error).message}`;
    const none: Protection[] = [{ name: 'sandbox', active: false, detail }];
    const driver = options.allowUnsandboxed ? new PlainProcessDriver(environmentsDirectory) : null;
    return { driver, isolation: { driver: 'process', protections: none } };
  }
}

/** @throws Error that says why bubblewrap does not work here. */
async function makeBubblewrap(
  options: DriverOptions,
  environmentsDirectory: string,
  codeDirectory: string,
  protections: Protection[],
): Promise<SandboxDriver> {
  const executable = findExecutable('bwrap');
  if (!executable) throw new Error('bubblewrap is missing. Install the package "bubblewrap".');

  const etcDirectory = path.join(environmentsDirectory, 'etc');
  const etcDirectories = options.runtimes.flatMap((runtime) => runtime.etcDirectories ?? []);
  await writeRootFiles(etcDirectory, [...new Set(etcDirectories)]);
  const filter = seccompFilter(process.arch);
  const seccompFile = filter ? path.join(environmentsDirectory, 'seccomp.bpf') : null;
  if (filter && seccompFile) await writeFile(seccompFile, filter, { mode: 0o644 });

  const cgroups = await makeCgroups(options.instance, protections);
  const boundDirectories = new Map([
    [environmentsDirectory, 'environments'],
    [codeDirectory, 'code'],
  ]);
  for (const runtime of options.runtimes) {
    boundDirectories.set(runtime.interpreterDirectory, `${runtime.name}-interpreter`);
    boundDirectories.set(runtime.directory, `${path.basename(runtime.directory)}-runtime`);
    for (const [target, source] of Object.entries(runtime.directories ?? {})) {
      boundDirectories.set(source, `${runtime.name}${target.replaceAll('/', '-')}`);
    }
  }
  const namespace = await openNamespace(boundDirectories, protections);
  const { network, detail } = await openNetwork(options, etcDirectory, namespace);

  const driver = new BubblewrapDriver({
    executable,
    seccompFile,
    etcDirectory,
    environmentsDirectory,
    codeDirectory,
    cgroups,
    namespace,
    network,
    boundDirectories,
  });
  try {
    await probe(driver, options.runtimes);
  } catch (error) {
    await driver.close();
    throw error;
  }
  protections.unshift(
    {
      name: 'namespaces',
      active: true,
      detail: 'user, pid, mount, network, ipc, uts and cgroup, by bubblewrap',
    },
    { name: 'network', active: true, detail },
    seccompFile
      ? { name: 'seccomp', active: true, detail: 'system calls of no use to functions are refused' }
      : { name: 'seccomp', active: false, detail: `no filter for the architecture ${process.arch}` },
  );
  return driver;
}

async function makeCgroups(instance: string, protections: Protection[]): Promise<CgroupHierarchy | null> {
  const found = findCgroups(instance);
  if ('missing' in found) {
    const detail = `Memory is polled and CPU time is not limited: ${found.missing}`;
    protections.push({ name: 'control groups', active: false, detail });
    return null;
  }
  await found.hierarchy.removeEnvironments();
  const detail = `memory, CPU and processes are limited by ${found.hierarchy.description}`;
  protections.push({ name: 'control groups', active: true, detail });
  return found.hierarchy;
}

async function openNetwork(
  options: DriverOptions,
  etcDirectory: string,
  namespace: MountNamespace | null,
): Promise<{ network: FunctionNetwork | null; detail: string }> {
  const none = (reason: string) => ({ network: null, detail: `none, loopback only: ${reason}` });
  if (options.functionNetwork === 'none') return none('HEARTH_FUNCTION_NETWORK=none');
  if (process.getuid?.() !== 0) return none('only root can give functions a way to the internet');
  if (!namespace) return none('it needs a mount namespace');
  try {
    const network = await FunctionNetwork.open({ ...options, etcDirectory });
    return { network, detail: await network.describe() };
  } catch (error) {
    return none((error as Error).message);
  }
}

async function openNamespace(
  boundDirectories: ReadonlyMap<string, string>,
  protections: Protection[],
): Promise<MountNamespace | null> {
  const name = 'user ids';
  if (process.getuid?.() !== 0) {
    protections.push({
      name,
      active: false,
      detail: 'environments share the id of the user who runs Hearth',
    });
    return null;
  }
  try {
    const binds = Object.fromEntries(
      [...boundDirectories].map(([directory, bindName]) => [bindName, directory]),
    );
    const namespace = await MountNamespace.open(binds);
    protections.push({ name, active: true, detail: 'every environment has one of its own' });
    return namespace;
  } catch (error) {
    protections.push({ name, active: false, detail: `no mount namespace: ${(error as Error).message}` });
    return null;
  }
}

/** Starts one environment, for what a kernel or a container forbids only shows when it is tried. */
async function probe(driver: SandboxDriver, runtimes: readonly AvailableRuntime[]): Promise<void> {
  const runtime = runtimes.at(-1);
  if (!runtime) return;
  const sandbox = driver.start({
    id: 'probe',
    runtime,
    temporaryStorageMegabytes: 1,
    variables: {},
    codeDirectory: null,
    layersDirectory: null,
    aheadOfNeed: false,
  });
  let output = '';
  sandbox.output.setEncoding('utf8').on('data', (chunk) => {
    output += chunk;
  });
  const timer = setTimeout(sandbox.kill, probeMilliseconds);
  const started = new Promise<boolean>((resolve) => {
    sandbox.link.once('data', () => resolve(true));
    void sandbox.exited.then(() => resolve(false));
  });
  const up = await started;
  clearTimeout(timer);
  sandbox.kill();
  await sandbox.exited;
  if (!up) throw new Error(`the sandbox does not start: ${output.trim() || 'no answer'}`);
}

function findExecutable(name: string): string | null {
  for (const directory of (process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':')) {
    const file = path.join(directory, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not there.
    }
  }
  return null;
}
