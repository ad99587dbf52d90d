/** Download links of packages that need no other authentication, each for 10 minutes. */
export interface CodeLinks {
  /** A token for `<endpoint>/hearth/code/<token>`. */
  issue(codeSha256: string): string;
  /** The file that a token still stands for; undefined for expired, forged or malformed ones. */
  verify(token: string): { zipFile: string } | undefined;
}
