import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** Encrypts events and responses for the disk: AES-256-GCM, bound to the invocation that they belong to. */
export class PayloadCipher {
  readonly #key: Uint8Array;

  /** @param key 32 bytes */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  encrypt(payload: Uint8Array, context: string): Buffer {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(context));
    const sealed = cipher.update(payload);
    cipher.final();
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was not encrypted under this key for this context, or was changed since. */
  decrypt(encrypted: Uint8Array, context: string): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, encrypted.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(context))
      .setAuthTag(encrypted.subarray(ivBytes, ivBytes + tagBytes));
    const payload = decipher.update(encrypted.subarray(ivBytes + tagBytes));
    decipher.final();
    return payload;
  }
}
