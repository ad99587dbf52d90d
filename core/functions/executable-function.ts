/** All that the engine needs of one function version; immutable, replaced on every change. */
export interface ExecutableFunction {
  accountId: string;
  region: string;
  functionName: string;
  /** Unqualified ARN. */
  functionArn: string;
  /** `$LATEST` or a version number. */
  version: string;
  /** Environments are reused only between invocations whose `revisionId` and `functionArn` are equal. */
  revisionId: string;
  runtime: string;
  handler: string;
  /** Absolute directory of the unpacked package, never written to. */
  codeDirectory: string;
  /** Regular files below `codeDirectory`. */
  codeFileCount: number;
  /** Absolute directory of the layers, merged in order, never written to; null without layers. */
  layersDirectory: string | null;
  /** Regular files below `layersDirectory`, or a little fewer. */
  layersFileCount: number;
  memoryMegabytes: number;
  timeoutSeconds: number;
  /** Size of `/tmp`. */
  ephemeralStorageMegabytes: number;
  /** The configured variables, decrypted. */
  environmentVariables: Readonly<Record<string, string>>;
  logGroupName: string;
}
