import { copyFile, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where distributions keep the certificates of the public authorities, in one file. */
const certificateFiles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt'];

/** User and group of every function, as on Lambda. */
export const sandboxUserId = 993;
export const sandboxGroupId = 990;

const files: Readonly<Record<string, string>> = {
  passwd: [
    'root:x:0:0:root:/root:/sbin/nologin',
    `sbx_user1051:x:${sandboxUserId}:${sandboxGroupId}::/home/sbx_user1051:/sbin/nologin`,
    '',
  ].join('\n'),
  group: ['root:x:0:', `sbx_user1051:x:${sandboxGroupId}:`, ''].join('\n'),
  hosts: ['127.0.0.1 localhost', '::1 localhost', ''].join('\n'),
  'nsswitch.conf': ['passwd: files', 'group: files', 'hosts: files dns', ''].join('\n'),
  // Filled where functions have a network.
  'resolv.conf': '',
};

/**
 * Writes the `/etc` that sandboxes see; nothing of the host's is in it but the public certificates and what
 * interpreters keep there.
 * @param copied directories below the machine's `/etc`.
 */
export async function writeRootFiles(directory: string, copied: readonly string[]): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(path.join(directory, 'ssl/certs'), { recursive: true });
  await mkdir(path.join(directory, 'pki/tls/certs'), { recursive: true });
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(path.join(directory, name), text, { mode: 0o644 })),
  );
  for (const source of copied) {
    const target = path.join(directory, path.relative('/etc', source));
    await cp(source, target, { recursive: true, dereference: true });
  }
  const bundle = path.join(directory, 'ssl/certs/ca-certificates.crt');
  for (const source of certificateFiles) {
    try {
      await copyFile(source, bundle);
      break;
    } catch {
      // Not this distribution's place.
    }
  }
  await symlink(
    '../../../ssl/certs/ca-certificates.crt',
    path.join(directory, 'pki/tls/certs/ca-bundle.crt'),
  );
}
