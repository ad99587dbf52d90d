import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;
/** Random bytes fetched at once: asking for each dozen costs more than the encryption. */
const poolBytes = ivBytes * 512;
const headerBytes = 8;
const absent = -1;

/** What came in and what went out of one invocation, as far as it is kept. */
export interface Payloads {
  event: Uint8Array | undefined;
  response: Uint8Array | undefined;
}

/** Encrypts events and responses for the disk: AES-256-GCM, bound to the invocation that they belong to. */
export class PayloadCipher {
  readonly #key: KeyObject;
  readonly #pool = Buffer.alloc(poolBytes);
  #used = poolBytes;

  /** @param key 32 bytes */
  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key);
  }

  encrypt({ event, response }: Payloads, requestId: string): Buffer {
    const iv = this.#nextIv();
    const header = Buffer.allocUnsafe(headerBytes);
    header.writeInt32BE(event?.length ?? absent, 0);
    header.writeInt32BE(response?.length ?? absent, 4);
    const plain = Buffer.concat([header, ...[event, response].filter((payload) => payload !== undefined)]);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(requestId));
    const sealed = cipher.update(plain);
    cipher.final();
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was not encrypted under this key for this invocation, or was changed since. */
  decrypt(encrypted: Uint8Array, requestId: string): Payloads {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, encrypted.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(requestId))
      .setAuthTag(encrypted.subarray(ivBytes, ivBytes + tagBytes));
    const plain = decipher.update(encrypted.subarray(ivBytes + tagBytes));
    decipher.final();
    const [eventBytes, responseBytes] = [plain.readInt32BE(0), plain.readInt32BE(4)];
    const middle = headerBytes + Math.max(0, eventBytes);
    return {
      event: eventBytes === absent ? undefined : plain.subarray(headerBytes, middle),
      response: responseBytes === absent ? undefined : plain.subarray(middle),
    };
  }

  #nextIv(): Buffer {
    if (this.#used === poolBytes) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    this.#used += ivBytes;
    return this.#pool.subarray(this.#used - ivBytes, this.#used);
  }
}
