import { expect, it } from 'vitest';
import { frameType, invokeHeader } from '../test-runtime.ts';
import { describePython } from './test-python.ts';

const { requestId } = invokeHeader;

describePython('context and process', ({ start }) => {
  it('the context says what it says on Lambda', async () => {
    const { runtime } = await start(
      [
        'def handler(event, c):',
        '  cc = c.client_context',
        '  return [c.aws_request_id, c.invoked_function_arn, c.function_name, c.function_version,',
        '    c.memory_limit_in_mb, c.log_group_name, c.log_stream_name, c.tenant_id,',
        '    c.identity.cognito_identity_id, cc and [cc.client.app_title, cc.custom, cc.env],',
        '    0 < c.get_remaining_time_in_millis() <= 60000, type(c).__name__]',
      ].join('\n'),
      {
        environment: {
          AWS_LAMBDA_FUNCTION_NAME: 'f',
          AWS_LAMBDA_FUNCTION_VERSION: '7',
          AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
          AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f',
          AWS_LAMBDA_LOG_STREAM_NAME: 's',
        },
      },
    );
    await using _ = runtime;
    const clientContext = JSON.stringify({ client: { app_title: 't' }, custom: { a: 1 }, env: { b: '2' } });
    const start_ = [
      requestId,
      invokeHeader.invokedFunctionArn,
      'f',
      '7',
      '128',
      '/aws/lambda/f',
      's',
      null,
      null,
    ];
    const deadlineMilliseconds = Date.now() + 60_000;
    expect((await runtime.invoke({}, { clientContext, deadlineMilliseconds })).json).toEqual([
      ...start_,
      ['t', { a: 1 }, { b: '2' }],
      true,
      'LambdaContext',
    ]);
    expect((await runtime.invoke({}, { deadlineMilliseconds: 1 })).json).toEqual([
      ...start_,
      null,
      false,
      'LambdaContext',
    ]);
  });

  it('a client context that is no JSON is an error of its own', async () => {
    const { runtime } = await start('def handler(e, c): pass');
    await using _ = runtime;
    expect((await runtime.invoke({}, { clientContext: '{' })).json).toMatchObject({
      errorType: 'Runtime.LambdaContextUnmarshalError',
      errorMessage: expect.stringMatching(/^Unable to parse Client Context JSON: /),
    });
  });

  it('environment, time zone, directory and trace id are the function’s', async () => {
    const { runtime } = await start(
      'import os, time\nT = time.strftime("%z")\ndef handler(e, c): return [os.environ["A"], os.getcwd(), T, os.environ["_X_AMZN_TRACE_ID"]]',
      { environment: { A: 'é', TZ: 'Asia/Tokyo' } },
    );
    await using _ = runtime;
    for (const traceId of ['Root=1', 'Root=2']) {
      expect((await runtime.invoke({}, { traceId })).json).toEqual(['é', runtime.taskRoot, '+0900', traceId]);
    }
  });

  it('a forked child can log and return without disturbing the link', async () => {
    const { runtime } = await start(
      [
        'import logging, multiprocessing, os',
        'def work(): logging.warning("from the child")',
        'def handler(e, c):',
        '  child = multiprocessing.get_context("fork").Process(target=work)',
        '  child.start(); child.join()',
        '  pid = os.fork()',
        '  if pid: os.waitpid(pid, 0)',
        '  return child.exitcode',
      ].join('\n'),
    );
    await using _ = runtime;
    expect(await runtime.invoke({})).toMatchObject({ type: frameType.response, body: '0', logs: [] });
    expect((await runtime.invoke({})).body).toBe('0');
    await runtime.stop();
    expect(runtime.output.match(/from the child/g)).toHaveLength(2);
  });

  it('ends when the worker is gone, whatever threads do', async () => {
    const { runtime } = await start(
      'import threading, time\nthreading.Thread(target=lambda: time.sleep(600)).start()\ndef handler(e, c): pass',
    );
    await using _ = runtime;
    expect(await runtime.stop()).toBe(0);
  });
});
