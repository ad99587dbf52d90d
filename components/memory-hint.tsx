/** MB of memory that come with one whole virtual CPU. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const megabytesPerCpu = 1769;

/** Memory decides the share of CPU; this says how much of it. */
export function MemoryHint({ megabytes }: { megabytes: string }) {
  const cpus = Number(megabytes) / megabytesPerCpu;
  if (!(cpus > 0)) return null;
  return <>{cpus >= 1 ? `With ${cpus.toFixed(2)} vCPUs.` : `With ${Math.round(cpus * 100)}% of a vCPU.`}</>;
}
