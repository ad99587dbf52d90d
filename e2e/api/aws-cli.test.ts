import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanEnvironment, type Hearth, startHearth } from '../harness/hearth.ts';
import { role, zipOf } from './client.ts';

const hasAwsCli = spawnSync('aws', ['--version']).status === 0;

describe.skipIf(!hasAwsCli)(
  `AWS CLI${hasAwsCli ? '' : ' (skipped: no `aws` on PATH; Debian has it as awscli)'}`,
  () => {
    let hearth: Hearth;
    let directory: string;

    beforeAll(async () => {
      directory = mkdtempSync(path.join(os.tmpdir(), 'hearth-cli-'));
      hearth = await startHearth();
    });
    afterAll(async () => {
      await hearth?.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const aws = (...args: string[]) => awsOf('lambda', ...args);

    /** Runs `aws <service> …` as a user does who has set the variables of the README. */
    async function awsOf(...args: string[]): Promise<Record<string, unknown>> {
      const environment = {
        ...cleanEnvironment(),
        AWS_ENDPOINT_URL: hearth.apiOrigin,
        AWS_DEFAULT_REGION: hearth.region,
        AWS_ACCESS_KEY_ID: hearth.accessKeyId,
        AWS_SECRET_ACCESS_KEY: hearth.secretAccessKey,
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_MAX_ATTEMPTS: '1',
        AWS_PAGER: '',
      };
      const { stdout } = await promisify(execFile)('aws', args, {
        cwd: directory,
        env: environment,
      });
      return stdout.trim() === '' ? {} : JSON.parse(stdout);
    }

    function writePackage(name: string, source: string): string {
      writeFileSync(path.join(directory, name), zipOf({ 'index.mjs': source }));
      return `fileb://${name}`;
    }

    test('a layer, a permission, a role, and who one is', { timeout: 180_000 }, async () => {
      const zip = writePackage('layer.zip', 'export default 1;');
      const layer = ['--layer-name', 'cli-layer'];
      const published = await aws(
        'publish-layer-version',
        ...layer,
        ...['--zip-file', zip, '--compatible-runtimes', 'nodejs24.x'],
      );
      expect(published).toMatchObject({ Version: 1, CompatibleRuntimes: ['nodejs24.x'] });
      expect(await aws('list-layers', '--compatible-runtime', 'nodejs24.x')).toMatchObject({
        Layers: [{ LayerName: 'cli-layer' }],
      });
      const arn = String(published.LayerVersionArn);
      expect(await aws('get-layer-version-by-arn', '--arn', arn)).toMatchObject({ LayerVersionArn: arn });

      await aws(
        'create-function',
        ...['--function-name', 'layered', '--runtime', 'nodejs24.x', '--handler', 'index.handler'],
        ...['--role', role, '--zip-file', zip, '--layers', arn],
      );
      await aws(
        'add-permission',
        ...['--function-name', 'layered', '--statement-id', 's3', '--action', 'lambda:InvokeFunction'],
        ...['--principal', 's3.amazonaws.com', '--source-arn', 'arn:aws:s3:::bucket'],
      );
      const { Policy } = await aws('get-policy', '--function-name', 'layered');
      expect(JSON.parse(String(Policy)).Statement).toMatchObject([
        { Sid: 's3', Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::bucket' } } },
      ]);
      await aws('delete-function', '--function-name', 'layered');
      await aws('delete-layer-version', ...layer, '--version-number', '1');

      expect(await awsOf('sts', 'get-caller-identity')).toMatchObject({
        Arn: 'arn:aws:iam::000000000000:root',
      });
      const trust = {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      };
      const named = ['--role-name', 'cli-role'];
      await awsOf('iam', 'create-role', ...named, '--assume-role-policy-document', JSON.stringify(trust));
      expect(await awsOf('iam', 'get-role', ...named)).toMatchObject({
        Role: { Arn: 'arn:aws:iam::000000000000:role/cli-role', AssumeRolePolicyDocument: trust },
      });
      const managed = ['--policy-arn', 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole'];
      await awsOf('iam', 'attach-role-policy', ...named, ...managed);
      expect(await awsOf('iam', 'list-attached-role-policies', ...named)).toMatchObject({
        AttachedPolicies: [{ PolicyName: 'AWSLambdaRole' }],
      });
      await awsOf('iam', 'detach-role-policy', ...named, ...managed);
      await awsOf('iam', 'delete-role', ...named);
    });

    test('create, wait, invoke, list, update, download, delete', { timeout: 180_000 }, async () => {
      const zip = writePackage('one.zip', 'export const handler = async (event) => ({ got: event });');
      const created = await aws(
        'create-function',
        ...['--function-name', 'cli', '--runtime', 'nodejs24.x', '--handler', 'index.handler'],
        ...['--role', role, '--zip-file', zip, '--environment', 'Variables={COLOUR=ember}'],
      );
      expect(created).toMatchObject({ FunctionName: 'cli', State: 'Pending' });
      await aws('wait', 'function-active-v2', '--function-name', 'cli');

      writeFileSync(path.join(directory, 'event.json'), '{"name":"Ada"}');
      const invocation = await aws(
        'invoke',
        ...['--function-name', 'cli', '--payload', 'fileb://event.json', '--log-type', 'Tail', 'answer.json'],
      );
      expect(invocation).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
      expect(Buffer.from(String(invocation.LogResult), 'base64').toString()).toContain('REPORT RequestId: ');
      expect(readFileSync(path.join(directory, 'answer.json'), 'utf8')).toBe('{"got":{"name":"Ada"}}');
      expect(
        await aws('invoke', '--function-name', 'cli', '--invocation-type', 'DryRun', 'dry.json'),
      ).toMatchObject({ StatusCode: 204 });

      const two = writePackage(
        'two.zip',
        'export const handler = async () => { throw new TypeError("new"); };',
      );
      await aws('update-function-code', '--function-name', 'cli', '--zip-file', two);
      await aws('wait', 'function-updated-v2', '--function-name', 'cli');
      expect(
        await aws('update-function-configuration', '--function-name', 'cli', '--memory-size', '256'),
      ).toMatchObject({ MemorySize: 256, Environment: { Variables: { COLOUR: 'ember' } } });
      expect(await aws('invoke', '--function-name', 'cli', 'answer.json')).toMatchObject({
        FunctionError: 'Unhandled',
      });
      expect(JSON.parse(readFileSync(path.join(directory, 'answer.json'), 'utf8'))).toMatchObject({
        errorType: 'TypeError',
        errorMessage: 'new',
      });

      const { Functions } = (await aws('list-functions', '--page-size', '1')) as {
        Functions: { FunctionName: string }[];
      };
      expect(Functions.map(({ FunctionName }) => FunctionName)).toEqual(['cli']);
      const { Code } = (await aws('get-function', '--function-name', 'cli')) as {
        Code: { Location: string };
      };
      const download = await fetch(Code.Location);
      expect(Buffer.from(await download.arrayBuffer())).toEqual(
        readFileSync(path.join(directory, 'two.zip')),
      );

      await aws('delete-function', '--function-name', 'cli');
      expect(await aws('list-functions')).toEqual({ Functions: [] });
    });

    test('errors read as they do on AWS', async () => {
      await expect(aws('get-function', '--function-name', 'nobody')).rejects.toMatchObject({
        stderr: expect.stringContaining(
          'An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody',
        ),
      });
      await expect(aws('list-code-signing-configs')).rejects.toMatchObject({
        stderr: expect.stringContaining('Hearth does not support ListCodeSigningConfigs yet.'),
      });
    });
  },
);
