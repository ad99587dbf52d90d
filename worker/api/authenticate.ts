import type { IncomingMessage } from 'node:http';
import { findAccessKey } from '../../core/access-keys/find-access-key.ts';
import type { Caller } from '../../core/caller.ts';
import type { Core } from '../../core/core.ts';
import { ServiceError } from '../../core/errors.ts';
import { clientView } from './forwarded.ts';
import { checkOrigin } from './session/origin-check.ts';
import type { Sessions } from './session/sessions.ts';
import { readSignature } from './sigv4/request-signature.ts';
import { SigningKeys } from './sigv4/signing-key.ts';
import { checkScope, checkSignature, checkTime } from './sigv4/verify.ts';

/** Who sent a request, as far as its head tells. Nothing may be done for the caller before `verifyBody`. */
interface Authentication {
  caller: Caller;
  /** @throws ServiceError InvalidSignatureException when the signature is not of this head and body. */
  verifyBody(body: Buffer): void;
}

/**
 * `service` is the one that a signature must be for, `lambda` unless said.
 * @throws ServiceError MissingAuthenticationTokenException and the others of AWS's authentication.
 */
export type Authenticate = (
  message: IncomingMessage,
  service?: string,
) => Authentication | Promise<Authentication>;

/** Services that clients may sign for with this region, whatever region the server is. */
const globalServices: ReadonlySet<string> = new Set(['iam', 'sts']);
const globalRegion = 'us-east-1';

/**
 * Authentication by Signature Version 4 or by the console's session cookie. All that can be refused by the head of
 * a request is, before its body is read.
 * The order of checks is AWS's: presence, syntax, scope, key, token, time, signature.
 */
export function createAuthenticate(core: Core, sessions: Sessions): Authenticate {
  const signingKeys = new SigningKeys();
  return (message, service = 'lambda') => {
    const signature = readSignature(message);
    if (!signature) return bySession(core, sessions, message);
    const isGlobal = signature.region === globalRegion && globalServices.has(service);
    checkScope(signature, isGlobal ? globalRegion : core.region, service);
    const key = findAccessKey(core, signature.accessKeyId);
    // Only temporary credentials have a token, and there are none yet.
    if (!key?.active || signature.sessionToken !== undefined) {
      throw new ServiceError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    }
    checkTime(signature, core.clock.now(), service === 'sts' ? 15 : undefined);
    const { accountId, arn, secretAccessKey } = key;
    const { endpoint, apiOrigin } = clientView(message);
    return {
      caller: { accountId, arn, region: core.region, endpoint, apiOrigin },
      verifyBody: (body) => checkSignature(message, body, signature, secretAccessKey, signingKeys),
    };
  };
}

async function bySession(core: Core, sessions: Sessions, message: IncomingMessage): Promise<Authentication> {
  const user = await sessions.find(message);
  if (!user) throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  checkOrigin(message);
  const { accountId, arn } = user;
  const { endpoint, apiOrigin, proxied } = clientView(message);
  return {
    // The console has the API below /api.
    caller: {
      accountId,
      arn,
      region: core.region,
      endpoint: proxied ? `${endpoint}/api` : endpoint,
      apiOrigin,
    },
    verifyBody: () => {},
  };
}
