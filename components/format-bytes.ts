const units = ['B', 'KB', 'MB', 'GB'];

/** A size with its unit: `812 B`, `1.4 KB`, `12 MB`. A KB has 1,024 bytes, as in Lambda's quotas. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 10 ? Math.round(value).toLocaleString('en') : value.toFixed(1)} ${units[power]}`;
}
