import type { Core } from '../core.ts';
import type { AccessKey } from './access-key-registry.ts';

/** The access key with that id, from memory. Inactive keys are found too: look at `active`. */
export function findAccessKey(core: Core, accessKeyId: string): AccessKey | undefined {
  return core.accessKeys.find(accessKeyId);
}
