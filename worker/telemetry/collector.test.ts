import { describe, expect, test } from 'vitest';
import type { ExecutableFunction } from '../../core/functions/executable-function.ts';
import type { Batch } from './batch.ts';
import { Collector } from './collector.ts';

const executable = {
  accountId: '000000000000',
  region: 'us-east-1',
  functionName: 'f',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  version: '$LATEST',
  memoryMegabytes: 128,
  logGroupName: '/aws/lambda/f',
} as ExecutableFunction;

function event(message: string) {
  return { timestamp: 1, message, requestId: 'r' };
}

describe('the collector', () => {
  test('hands over lines in order, their streams once', () => {
    const batches: Batch[] = [];
    const collector = new Collector((batch) => batches.push(batch), 100);
    collector.log(executable, 'a', event('1'));
    collector.log(executable, 'b', event('2'));
    collector.log(executable, 'a', event('3'));
    expect(batches).toEqual([]);
    collector.flush();
    expect(batches).toHaveLength(1);
    expect(batches[0]?.streams.map(({ logStreamName }) => logStreamName)).toEqual(['a', 'b']);
    expect(batches[0]?.lines.stream).toEqual([0, 1, 0]);
    expect(batches[0]?.lines.message).toEqual(['1', '2', '3']);
  });

  test('has nothing to hand over when nothing came', () => {
    const batches: Batch[] = [];
    const collector = new Collector((batch) => batches.push(batch), 100);
    collector.flush();
    expect(batches).toEqual([]);
    expect(collector.isIdle).toBe(true);
  });

  test('sheds by its limits while the store confirms nothing, counts it, and tells the store where', () => {
    const batches: Batch[] = [];
    const collector = new Collector((batch) => batches.push(batch), 100, { characters: 10, records: 3 });
    for (let round = 0; round < 4; round += 1) {
      collector.log(executable, 'a', event('x'));
      collector.flush();
    }
    expect(batches).toHaveLength(4);
    for (const message of ['12345', '123456', '12345', 'lost', ''])
      collector.log(executable, 'a', event(message));
    collector.log(executable, 'b', event('lost too'));
    collector.flush();
    expect(batches).toHaveLength(4);
    expect(collector.shed).toEqual({ lines: 3, invocations: 0 });
    collector.confirm();
    collector.flush();
    expect(batches[4]?.lines.message).toEqual(['12345', '12345', '']);
    expect(batches[4]?.streams.map(({ logStreamName }) => logStreamName)).toEqual(['a', 'b']);
    expect(batches[4]?.shed).toEqual([
      { stream: 0, lines: 2, characters: 10 },
      { stream: 1, lines: 1, characters: 8 },
    ]);
  });

  test('a flood is handed over before the next interval, and never holds more than the limits', () => {
    const batches: Batch[] = [];
    const collector = new Collector((batch) => batches.push(batch), 100);
    for (let index = 0; index < 500_000; index += 1) collector.log(executable, 'a', event('flood'));
    const handedOver = batches.reduce((sum, batch) => sum + batch.lines.message.length, 0);
    expect(handedOver).toBe(20_000);
    expect(collector.shed.lines).toBe(500_000 - 20_000 - 100_000);
  });
});
