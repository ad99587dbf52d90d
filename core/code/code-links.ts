import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { limits } from '../limits.ts';

/** Download links of packages, which need no other authentication and last 10 minutes, as Lambda's do. */
export class CodeLinks {
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor(key: Buffer, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** A token, for use as `<endpoint>/hearth/code/<token>`. */
  issue(codeSha256: string): string {
    const expires = Math.floor(this.#clock.now() / 1000) + limits.codeLinkSeconds;
    const claim = `${codeSha256}.${expires}`;
    return `${claim}.${this.#sign(claim)}`;
  }

  /** The package that a token still stands for; undefined when it is forged, malformed or expired. */
  verify(token: string): { codeSha256: string } | undefined {
    const [, claim, codeSha256, expires, signature] =
      /^(([0-9a-f]{64})\.(\d{1,12}))\.([\w-]{43})$/.exec(token) ?? [];
    if (!claim || !codeSha256 || !signature) return undefined;
    if (!timingSafeEqual(Buffer.from(this.#sign(claim)), Buffer.from(signature))) return undefined;
    return Number(expires) * 1000 > this.#clock.now() ? { codeSha256 } : undefined;
  }

  #sign(claim: string): string {
    return createHmac('sha256', this.#key).update(claim).digest('base64url');
  }
}
