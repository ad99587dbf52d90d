/** Who sends a request, and where it arrived. Every verb is scoped by `accountId` and `region`. */
export interface Caller {
  /** 12 digits. */
  accountId: string;
  /** For example `us-east-1`. */
  region: string;
  /** For example `arn:aws:iam::000000000000:user/ann` or `…:root`. */
  arn: string;
  /** Origin by which the client reached the API, for links back to it: `http://localhost:4566`. */
  endpoint: string;
  /** Origin of the API itself, also for who came through the console's proxy: where function URLs are. */
  apiOrigin: string;
}

/** A parsed JSON object whose members nobody has checked yet. */
export type JsonObject = { readonly [member: string]: unknown };
