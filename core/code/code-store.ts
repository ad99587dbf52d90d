export interface CodeStore {
  zipFile(codeSha256: string): string;
}
