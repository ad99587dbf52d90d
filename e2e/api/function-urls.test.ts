import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  type LambdaClient,
  ListFunctionUrlConfigsCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hearth, startHearth } from '../harness/hearth.ts';
import { createFunction, lambdaClient } from './client.ts';
import { send, sendSigned } from './signed-request.ts';

let hearth: Hearth;
let client: LambdaClient;

beforeAll(async () => {
  hearth = await startHearth();
  client = lambdaClient(hearth);
});
afterAll(() => hearth?.stop());

const text = { method: 'POST', headers: { 'content-type': 'text/plain' } };

test('a function answers HTTP requests at its URL', async () => {
  await createFunction(
    client,
    'page',
    `export const handler = async ({ rawPath, body, requestContext }) => ({
      statusCode: 418,
      headers: { 'content-type': 'text/plain' },
      cookies: ['seen=yes'],
      body: [rawPath, body, requestContext.authorizer.iam.userArn].join(' '),
    });`,
  );
  const { FunctionUrl = '', FunctionArn } = await client.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'page', AuthType: 'AWS_IAM' }),
  );
  const { port } = new URL(hearth.apiOrigin);
  expect(FunctionUrl).toMatch(
    new RegExp(`^http://[0-9a-f]{32}\\.lambda-url\\.us-east-1\\.localhost:${port}/$`),
  );
  const answer = await sendSigned(hearth, `${FunctionUrl}a/b?c=d`, { ...text, body: 'posted' });
  expect(answer.status).toBe(418);
  expect(answer.headers['set-cookie']).toEqual(['seen=yes']);
  expect(answer.body).toBe('/a/b posted arn:aws:iam::000000000000:root');

  const id = new URL(FunctionUrl).hostname.split('.')[0];
  const byPath = await sendSigned(hearth, `${hearth.apiOrigin}/hearth/function-urls/${id}/a`, {
    ...text,
    body: 'x',
  });
  expect(byPath.body).toBe('/a x arn:aws:iam::000000000000:root');
  expect((await send(FunctionUrl)).status).toBe(403);

  const updated = await client.send(
    new UpdateFunctionUrlConfigCommand({ FunctionName: 'page', Cors: { AllowOrigins: ['*'] } }),
  );
  expect(updated).toMatchObject({ FunctionUrl, FunctionArn, Cors: { AllowOrigins: ['*'] } });
  const got = await client.send(new GetFunctionUrlConfigCommand({ FunctionName: 'page' }));
  expect(got).toMatchObject({ FunctionUrl, AuthType: 'AWS_IAM', InvokeMode: 'BUFFERED' });
  const list = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'page' }));
  expect(list.FunctionUrlConfigs).toMatchObject([{ FunctionUrl, FunctionArn }]);

  await client.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'page' }));
  expect((await sendSigned(hearth, FunctionUrl)).status).toBe(404);
});

test('a URL that is for everybody lets nobody in before the resource policy does', async () => {
  await createFunction(client, 'open', `export const handler = async () => 'come in';`);
  const { FunctionUrl = '' } = await client.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: 'open', AuthType: 'NONE' }),
  );
  const forbidden = { status: 403, body: expect.stringMatching(/^\{"Message":"Forbidden\./) };
  expect(await send(FunctionUrl)).toMatchObject(forbidden);
  const everybody = { FunctionName: 'open', Principal: '*' };
  await client.send(
    new AddPermissionCommand({
      ...everybody,
      StatementId: 'url',
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    }),
  );
  expect(await send(FunctionUrl)).toMatchObject(forbidden);
  await client.send(
    new AddPermissionCommand({
      ...everybody,
      StatementId: 'invoke',
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    }),
  );
  expect(await send(FunctionUrl)).toMatchObject({ status: 200, body: 'come in' });
});
