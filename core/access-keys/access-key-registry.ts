/** An access key as request authentication needs it. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
  accountId: string;
  /** Of the principal that it signs for: `arn:aws:iam::<account>:root` or `…:user/<name>`. */
  arn: string;
  active: boolean;
}

export interface AccessKeyRegistry {
  find(accessKeyId: string): AccessKey | undefined;
}
