import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const mostKeys = 1000;

/** Derived keys, remembered: a key serves every request of its day, and deriving one costs four HMACs. */
export class SigningKeys {
  readonly #keys = new Map<string, KeyObject>();

  /**
   * The key that signs for a secret access key on one day in one region for one service.
   * @param date `YYYYMMDD`
   */
  derive(secretAccessKey: string, date: string, region: string, service: string): KeyObject {
    const name = `${date}/${region}/${service}/${secretAccessKey}`;
    const known = this.#keys.get(name);
    if (known) return known;
    let bytes: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const step of [date, region, service, 'aws4_request']) {
      bytes = createHmac('sha256', bytes).update(step).digest();
    }
    // A KeyObject: handing OpenSSL bytes anew takes several times as long as the HMAC itself.
    const key = createSecretKey(bytes);
    // Yesterday's keys and those of deleted access keys go this way.
    if (this.#keys.size >= mostKeys) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }
}
