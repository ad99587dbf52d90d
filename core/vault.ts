import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from './files.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Names the format, so that another can follow. */
const PREFIX = 'v1:';

/** Keeps secrets at rest: AES-256-GCM under keys derived from the master key. */
export class Vault {
  readonly #masterKey: Buffer;
  readonly #encryptionKey: Buffer;

  constructor(masterKey: Buffer) {
    this.#masterKey = masterKey;
    this.#encryptionKey = this.deriveKey('encryption');
  }

  /** Encrypts a text; only the same `context`, such as the row and column it belongs to, decrypts it again. */
  encrypt(text: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#encryptionKey, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** @throws Error when the text was not encrypted by this vault for this `context`, or was changed since. */
  decrypt(encrypted: string, context: string): string {
    const bytes = Buffer.from(encrypted.slice(PREFIX.length), 'base64');
    if (!encrypted.startsWith(PREFIX) || bytes.length < IV_BYTES + TAG_BYTES) {
      throw new Error('Not a text that the vault encrypted.');
    }
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#encryptionKey, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  /** A key of 32 bytes for one purpose, always the same, which tells nothing of the master key. */
  deriveKey(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#masterKey, '', `hearth ${purpose}`, KEY_BYTES));
  }
}

/**
 * Opens the vault, making its master key the first time.
 * @throws Error when the key is missing although `dependents`, a file whose secrets need it, exists.
 */
export async function openVault(keyFile: string, dependents: string): Promise<Vault> {
  if (!existsSync(keyFile)) {
    if (existsSync(dependents)) {
      throw new Error(`${keyFile} is missing, and ${dependents} cannot be read without it. Restore it.`);
    }
    await writeFileAtomically(keyFile, randomBytes(KEY_BYTES), 0o600);
  }
  const masterKey = await readFile(keyFile);
  if (masterKey.length !== KEY_BYTES)
    throw new Error(`${keyFile} does not hold a key of ${KEY_BYTES} bytes.`);
  return new Vault(masterKey);
}
