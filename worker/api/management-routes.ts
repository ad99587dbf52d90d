import { type FileHandle, open } from 'node:fs/promises';
import type { Core } from '../../core/core.ts';
import { ServiceError } from '../../core/errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { Authenticate } from './authenticate.ts';
import { readBody } from './body.ts';
import { jsonResponse, type Route } from './route.ts';

/**
 * What is Hearth's own, below `/hearth`: `GET health` for whoever asks, `GET isolation` for callers, and
 * `GET code/{token}`, where GetFunction's `Code.Location` leads, for whoever has the link.
 */
export function managementRoutes(core: Core, engine: Engine, authenticate: Authenticate): Route[] {
  return [
    { method: 'GET', path: '/hearth/health', handle: async () => jsonResponse(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/hearth/isolation',
      async handle({ message }) {
        const { verifyBody } = await authenticate(message);
        verifyBody(
          await readBody(
            message,
            0,
            () => new ServiceError('RequestEntityTooLargeException', 'No body is expected.'),
          ),
        );
        return jsonResponse(200, engine.isolation());
      },
    },
    {
      method: 'GET',
      path: '/hearth/code/{token}',
      async handle({ parameters }) {
        const file = await openPackage(core, parameters.token ?? '');
        const { size } = await file.stat();
        return {
          status: 200,
          headers: {
            'content-type': 'application/zip',
            'content-length': String(size),
            'content-disposition': 'attachment; filename="code.zip"',
          },
          body: file.createReadStream(),
        };
      },
    },
  ];
}

/** @throws ServiceError AccessDeniedException, the same for a link that never was and a package that is gone. */
async function openPackage(core: Core, token: string): Promise<FileHandle> {
  const link = core.codeLinks.verify(token);
  try {
    if (link) return await open(core.codeStore.zipFile(link.codeSha256));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  throw new ServiceError('AccessDeniedException', 'This link is not valid, or no longer.');
}
