import { expect, test } from 'vitest';
import { createFunction } from '../functions/create-function.ts';
import { updateFunctionConfiguration } from '../functions/update-function-configuration.ts';
import { caller, createRequest, openTestCore } from '../test-core.ts';
import { createRole } from './roles.ts';

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: [service] }, Action: 'sts:AssumeRole' }],
  });

const refused = {
  code: 'InvalidParameterValueException',
  message: 'The role defined for the function cannot be assumed by Lambda.',
};

test('where roles are checked, a function’s role exists and trusts Lambda', async () => {
  const core = await openTestCore({ checksPassRole: true });
  const make = (RoleName: string, service: string, Path = '/') =>
    createRole(core, caller, { RoleName, Path, AssumeRolePolicyDocument: trust(service) });
  await make('good', 'lambda.amazonaws.com', '/service-role/');
  await make('bad', 'ec2.amazonaws.com');
  const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  for (const name of ['any', 'bad', 'good']) {
    const request = { ...createRequest('f'), Role: role(name) };
    await expect(createFunction(core, caller, request)).rejects.toMatchObject(refused);
  }
  const elsewhere = { ...createRequest('f'), Role: 'arn:aws:iam::444455556666:role/good' };
  await expect(createFunction(core, caller, elsewhere)).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
  await createFunction(core, caller, { ...createRequest('f'), Role: role('service-role/good') });
  await expect(
    updateFunctionConfiguration(core, caller, { FunctionName: 'f', Role: role('bad') }),
  ).rejects.toMatchObject(refused);
  await updateFunctionConfiguration(core, caller, { FunctionName: 'f', Timeout: 5 });
});
