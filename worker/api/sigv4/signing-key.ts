import { createHmac } from 'node:crypto';

const mostKeys = 1000;

/** Derived keys, remembered: a key serves every request of its day, and deriving one costs four HMACs. */
export class SigningKeys {
  readonly #keys = new Map<string, Buffer>();

  /**
   * The key that signs for a secret access key on one day in one region for one service.
   * @param date `YYYYMMDD`
   */
  derive(secretAccessKey: string, date: string, region: string, service: string): Buffer {
    const name = `${date}/${region}/${service}/${secretAccessKey}`;
    const known = this.#keys.get(name);
    if (known) return known;
    let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
    for (const step of [date, region, service, 'aws4_request']) {
      key = createHmac('sha256', key).update(step).digest();
    }
    // Yesterday's keys and those of deleted access keys go this way.
    if (this.#keys.size >= mostKeys) this.#keys.clear();
    this.#keys.set(name, key);
    return key;
  }
}
