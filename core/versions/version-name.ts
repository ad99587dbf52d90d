/** `$LATEST` among the numbers of versions. */
export const LATEST = 0;

/** What a version is called: `$LATEST`, or its number. */
export function versionName(version: number): string {
  return version === LATEST ? '$LATEST' : String(version);
}

/** The version that a qualifier names; undefined when only an alias can have that name. */
export function versionNumber(qualifier = '$LATEST'): number | undefined {
  if (qualifier === '$LATEST') return LATEST;
  // No number is written in another way, such as 01, and none is larger than the database's integers.
  return /^[1-9]\d{0,8}$/.test(qualifier) ? Number(qualifier) : undefined;
}
