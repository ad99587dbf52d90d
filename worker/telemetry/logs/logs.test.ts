import { describe, expect, test } from 'vitest';
import { openTestStore, type TestStore, writeLines } from '../test-store.ts';

const hour = 3_600_000;

async function withEvents(): Promise<TestStore> {
  const opened = await openTestStore();
  await writeLines(opened, '/aws/lambda/f', '2026/01/31/[$LATEST]a', [
    [1000, 'START one'],
    [1001, 'ERROR first'],
    [1001, 'ERROR second'],
    [1002, 'END one'],
  ]);
  await writeLines(opened, '/aws/lambda/f', '2026/01/31/[1]b', [[1001, 'ERROR of b']]);
  return opened;
}

const texts = ({ events }: { events: { message: string }[] }) => events.map(({ message }) => message);

describe('log groups', () => {
  test('are created once, listed by prefix and by part, and deleted', async () => {
    const { call } = await openTestStore();
    for (const logGroupName of ['b', '/aws/lambda/f', 'a'])
      await call('logs.CreateLogGroup', { logGroupName });
    await expect(call('logs.CreateLogGroup', { logGroupName: 'a' })).rejects.toMatchObject({
      code: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    });
    const names = async (input: object) =>
      (await call('logs.DescribeLogGroups', { ...input })).logGroups.map(
        ({ logGroupName }: { logGroupName: string }) => logGroupName,
      );
    expect(await names({})).toEqual(['/aws/lambda/f', 'a', 'b']);
    expect(await names({ logGroupNamePrefix: '/aws' })).toEqual(['/aws/lambda/f']);
    expect(await names({ logGroupNamePattern: 'lambda' })).toEqual(['/aws/lambda/f']);
    await call('logs.DeleteLogGroup', { logGroupName: 'a' });
    expect(await names({})).toEqual(['/aws/lambda/f', 'b']);
    await expect(call('logs.DeleteLogGroup', { logGroupName: 'a' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  test('come in pages', async () => {
    const { call } = await openTestStore();
    for (const logGroupName of ['a', 'b', 'c']) await call('logs.CreateLogGroup', { logGroupName });
    const first = await call('logs.DescribeLogGroups', { limit: 2 });
    expect(first.logGroups).toHaveLength(2);
    const second = await call('logs.DescribeLogGroups', { limit: 2, nextToken: first.nextToken });
    expect(second.logGroups).toMatchObject([{ logGroupName: 'c' }]);
    expect(second.nextToken).toBeUndefined();
  });

  test('have retention and tags', async () => {
    const { call } = await openTestStore();
    await call('logs.CreateLogGroup', { logGroupName: 'g', tags: { team: 'a' } });
    await call('logs.PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 7 });
    const read = async () => (await call('logs.DescribeLogGroups', {})).logGroups[0];
    const { logGroupArn, retentionInDays } = await read();
    expect(retentionInDays).toBe(7);
    await expect(call('logs.PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 8 })).rejects.toThrow(
      /Value '8' at 'retentionInDays'/,
    );
    await call('logs.DeleteRetentionPolicy', { logGroupName: 'g' });
    expect((await read()).retentionInDays).toBeUndefined();
    await call('logs.TagResource', { resourceArn: logGroupArn, tags: { stage: 'b' } });
    await call('logs.UntagResource', { resourceArn: logGroupArn, tagKeys: ['team'] });
    expect(await call('logs.ListTagsForResource', { resourceArn: logGroupArn })).toEqual({
      tags: { stage: 'b' },
    });
  });

  test.each([
    ['a name of odd characters', { logGroupName: 'a b' }, /regular expression pattern/],
    ['a name that is too long', { logGroupName: 'a'.repeat(513) }, /less than or equal to 512/],
    ['no name', {}, /Member must not be null/],
    ['a name that AWS keeps', { logGroupName: 'aws/x' }, /reserved/],
    ['a key that Hearth would not use', { logGroupName: 'a', kmsKeyId: 'k' }, /does not support kmsKeyId/],
  ])('%s is refused', async (_what, input, message) => {
    const { call } = await openTestStore();
    await expect(call('logs.CreateLogGroup', input)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: expect.stringMatching(message),
    });
  });
});

describe('log streams', () => {
  test('are listed by name with the times of their events, and an empty one without', async () => {
    const { call, clock } = await withEvents();
    await call('logs.CreateLogStream', { logGroupName: '/aws/lambda/f', logStreamName: 'empty' });
    const { logStreams } = await call('logs.DescribeLogStreams', { logGroupName: '/aws/lambda/f' });
    expect(logStreams).toMatchObject([
      {
        logStreamName: '2026/01/31/[$LATEST]a',
        firstEventTimestamp: 1000,
        lastEventTimestamp: 1002,
        lastIngestionTime: clock.now,
      },
      { logStreamName: '2026/01/31/[1]b', firstEventTimestamp: 1001 },
      { logStreamName: 'empty' },
    ]);
    expect(logStreams[2].firstEventTimestamp).toBeUndefined();
  });

  test('are listed by their last event, newest first, in pages', async () => {
    const { call } = await withEvents();
    const input = { logGroupName: '/aws/lambda/f', orderBy: 'LastEventTime', descending: true, limit: 1 };
    const first = await call('logs.DescribeLogStreams', input);
    expect(first.logStreams).toMatchObject([{ logStreamName: '2026/01/31/[$LATEST]a' }]);
    const second = await call('logs.DescribeLogStreams', { ...input, nextToken: first.nextToken });
    expect(second.logStreams).toMatchObject([{ logStreamName: '2026/01/31/[1]b' }]);
    expect(second.nextToken).toBeUndefined();
  });

  test('vanish with their events when they are deleted', async () => {
    const { call } = await withEvents();
    const names = { logGroupName: '/aws/lambda/f', logStreamName: '2026/01/31/[$LATEST]a' };
    await call('logs.DeleteLogStream', names);
    expect(texts(await call('logs.FilterLogEvents', { logGroupName: names.logGroupName }))).toEqual([
      'ERROR of b',
    ]);
    await expect(call('logs.DeleteLogStream', names)).rejects.toThrow(
      'The specified log stream does not exist.',
    );
    await call('logs.CreateLogStream', names);
    expect(texts(await call('logs.GetLogEvents', names))).toEqual([]);
    await expect(call('logs.CreateLogStream', names)).rejects.toThrow(
      'The specified log stream already exists',
    );
  });
});

describe('FilterLogEvents', () => {
  test('answers in the order of time and, within a millisecond, of arrival', async () => {
    const { call } = await withEvents();
    const answer = await call('logs.FilterLogEvents', {
      logGroupName: '/aws/lambda/f',
      filterPattern: 'ERROR',
    });
    expect(texts(answer)).toEqual(['ERROR first', 'ERROR second', 'ERROR of b']);
    const ids = answer.events.map(({ eventId }: { eventId: string }) => eventId);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toEqual([...ids].sort());
    expect(ids[0]).toMatch(/^\d{56}$/);
  });

  test.each([
    [{ startTime: 1001 }, ['ERROR first', 'ERROR second', 'ERROR of b', 'END one']],
    [{ endTime: 1000 }, ['START one']],
    [{ logStreamNames: ['2026/01/31/[1]b'] }, ['ERROR of b']],
    [{ logStreamNamePrefix: '2026/01/31/[$' }, ['START one', 'ERROR first', 'ERROR second', 'END one']],
    [{ startFromHead: false, limit: 2 }, ['END one', 'ERROR of b']],
  ])('%j', async (input, expected) => {
    const { call } = await withEvents();
    expect(texts(await call('logs.FilterLogEvents', { logGroupName: '/aws/lambda/f', ...input }))).toEqual(
      expected,
    );
  });

  test.each([true, false])(
    'gives every event once over its pages, from the head: %s',
    async (startFromHead) => {
      const { call } = await withEvents();
      const seen: string[] = [];
      let nextToken: string | undefined;
      do {
        const page = await call('logs.FilterLogEvents', {
          logGroupName: '/aws/lambda/f',
          limit: 2,
          nextToken,
          startFromHead,
        });
        seen.push(...texts(page));
        nextToken = page.nextToken;
      } while (nextToken);
      const inOrder = ['START one', 'ERROR first', 'ERROR second', 'ERROR of b', 'END one'];
      expect(seen).toEqual(startFromHead ? inOrder : inOrder.reverse());
    },
  );

  test('ends a page at a megabyte', async () => {
    const opened = await openTestStore();
    await writeLines(
      opened,
      'g',
      's',
      Array.from({ length: 12 }, (_, index) => [index, 'x'.repeat(200_000)] as const),
    );
    const first = await opened.call('logs.FilterLogEvents', { logGroupName: 'g' });
    expect(first.events).toHaveLength(5);
    const second = await opened.call('logs.FilterLogEvents', {
      logGroupName: 'g',
      nextToken: first.nextToken,
    });
    expect(second.events[0].timestamp).toBe(5);
  });

  test.each([
    [{ logGroupName: 'none' }, 'ResourceNotFoundException', 'The specified log group does not exist.'],
    [{ logGroupName: 'g', logGroupIdentifier: 'g' }, 'ValidationException', /mutually exclusive/],
    [
      { logGroupName: 'g', nextToken: 'x' },
      'InvalidParameterException',
      'The specified nextToken is invalid.',
    ],
    [
      { logGroupName: 'g', limit: 10_001 },
      'InvalidParameterException',
      "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
    ],
    [
      { logGroupName: 'g', filterPattern: '{ $.a' },
      'InvalidParameterException',
      /Invalid filter pattern: .* at character 6/,
    ],
    [{ logGroupName: 'g', startTime: 'x' }, 'SerializationException', /can not be converted/],
  ])('%j is refused', async (input, code, message) => {
    const { call } = await openTestStore();
    await call('logs.CreateLogGroup', { logGroupName: 'g' });
    await expect(call('logs.FilterLogEvents', input)).rejects.toMatchObject({
      code,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });
});

describe('GetLogEvents', () => {
  const stream = { logGroupName: '/aws/lambda/f', logStreamName: '2026/01/31/[$LATEST]a' };

  test('begins at the end unless asked otherwise, always in the order of time', async () => {
    const { call } = await withEvents();
    expect(texts(await call('logs.GetLogEvents', { ...stream, limit: 2 }))).toEqual([
      'ERROR second',
      'END one',
    ]);
    expect(texts(await call('logs.GetLogEvents', { ...stream, limit: 2, startFromHead: true }))).toEqual([
      'START one',
      'ERROR first',
    ]);
  });

  test('its tokens walk both ways and stay where there is nothing more', async () => {
    const opened = await withEvents();
    const get = (nextToken: string) => opened.call('logs.GetLogEvents', { ...stream, limit: 3, nextToken });
    const last = await opened.call('logs.GetLogEvents', { ...stream, limit: 3 });
    const before = await get(last.nextBackwardToken);
    expect(texts(before)).toEqual(['START one']);
    const none = await get(before.nextBackwardToken);
    expect(none).toMatchObject({ events: [], nextBackwardToken: before.nextBackwardToken });
    const end = await get(last.nextForwardToken);
    expect(end).toMatchObject({ events: [], nextForwardToken: last.nextForwardToken });
    await writeLines(opened, stream.logGroupName, stream.logStreamName, [[2000, 'later']]);
    expect(texts(await get(end.nextForwardToken))).toEqual(['later']);
  });

  test('the end time is not part of the interval', async () => {
    const { call } = await withEvents();
    expect(
      texts(await call('logs.GetLogEvents', { ...stream, startTime: 1001, endTime: 1002 })),
    ).toHaveLength(2);
  });
});

describe('PutLogEvents', () => {
  async function put(offsets: readonly number[]) {
    const opened = await openTestStore();
    const names = { logGroupName: 'g', logStreamName: 's' };
    await opened.call('logs.CreateLogGroup', { logGroupName: 'g' });
    await opened.call('logs.CreateLogStream', names);
    const logEvents = offsets.map((offset) => ({
      timestamp: opened.clock.now + offset,
      message: `at ${offset}`,
    }));
    const answer = await opened.call('logs.PutLogEvents', { ...names, logEvents });
    return { answer, kept: texts(await opened.call('logs.GetLogEvents', names)) };
  }

  test('keeps events', async () => {
    expect(await put([-1, 0])).toEqual({ answer: {}, kept: ['at -1', 'at 0'] });
  });

  test('names the events that are too old or too new, and keeps the rest', async () => {
    expect(await put([-15 * 24 * hour])).toEqual({
      answer: { rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } },
      kept: [],
    });
    expect(await put([0, 3 * hour])).toEqual({
      answer: { rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } },
      kept: ['at 0'],
    });
  });

  test.each([
    [[1, 0], /chronological order/],
    [[-25 * hour, 0], /more than 24 hours/],
  ])('events at %j are refused', async (offsets, message) => {
    await expect(put(offsets)).rejects.toThrow(message);
  });
});
