export interface Vault {
  encrypt(text: string, context: string): string;
  decrypt(sealed: string, context: string): string;
}
