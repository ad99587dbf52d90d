import { getInvocation } from './invocations/get-invocation.ts';
import { listInvocations } from './invocations/list-invocations.ts';
import { filterLogEvents } from './logs/filter-log-events.ts';
import { getLogEvents } from './logs/get-log-events.ts';
import { createLogGroup, deleteLogGroup, describeLogGroups } from './logs/log-groups.ts';
import { createLogStream, deleteLogStream, describeLogStreams } from './logs/log-streams.ts';
import { putLogEvents } from './logs/put-log-events.ts';
import { describeQueries, getQueryResults, startQuery, stopQuery } from './logs/queries.ts';
import { readLiveTail } from './logs/read-live-tail.ts';
import { deleteRetentionPolicy, putRetentionPolicy } from './logs/retention-policies.ts';
import { listTagsForResource, tagResource, untagResource } from './logs/tags.ts';
import { getMetricData } from './metrics/get-metric-data.ts';
import { getMetricStatistics } from './metrics/get-metric-statistics.ts';
import { listMetrics } from './metrics/list-metrics.ts';
import { putMetricData } from './metrics/put-metric-data.ts';
import type { Operation } from './operations.ts';
import { describeStorage } from './store/describe-storage.ts';

/** Every operation of the store, by the name that callers use. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['DescribeStorage', describeStorage],
  ['GetInvocation', getInvocation],
  ['ListInvocations', listInvocations],
  ['ReadLiveTail', readLiveTail],
  ['logs.CreateLogGroup', createLogGroup],
  ['logs.CreateLogStream', createLogStream],
  ['logs.DeleteLogGroup', deleteLogGroup],
  ['logs.DeleteLogStream', deleteLogStream],
  ['logs.DeleteRetentionPolicy', deleteRetentionPolicy],
  ['logs.DescribeLogGroups', describeLogGroups],
  ['logs.DescribeLogStreams', describeLogStreams],
  ['logs.DescribeQueries', describeQueries],
  ['logs.FilterLogEvents', filterLogEvents],
  ['logs.GetLogEvents', getLogEvents],
  ['logs.GetQueryResults', getQueryResults],
  ['logs.ListTagsForResource', listTagsForResource],
  ['logs.PutLogEvents', putLogEvents],
  ['logs.PutRetentionPolicy', putRetentionPolicy],
  ['logs.StartQuery', startQuery],
  ['logs.StopQuery', stopQuery],
  ['logs.TagResource', tagResource],
  ['logs.UntagResource', untagResource],
  ['monitoring.GetMetricData', getMetricData],
  ['monitoring.GetMetricStatistics', getMetricStatistics],
  ['monitoring.ListMetrics', listMetrics],
  ['monitoring.PutMetricData', putMetricData],
]);
