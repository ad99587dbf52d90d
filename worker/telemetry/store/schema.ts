/**
 * The tables. Lines and invocations come in the order of time, so that DuckDB's own minima and maxima of each row
 * group skip what lies outside of an interval; nothing has an index or a key, because the one writer keeps ids
 * unique. Times are milliseconds since the epoch.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS log_groups (
  id UINTEGER NOT NULL, account_id VARCHAR NOT NULL, region VARCHAR NOT NULL, name VARCHAR NOT NULL,
  created_at BIGINT NOT NULL, retention_days INTEGER, stored_bytes BIGINT NOT NULL, tags VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS log_streams (
  id UINTEGER NOT NULL, group_id UINTEGER NOT NULL, name VARCHAR NOT NULL, created_at BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS log_lines (
  "timestamp" BIGINT NOT NULL, sequence BIGINT NOT NULL, ingested_at BIGINT NOT NULL,
  group_id UINTEGER NOT NULL, stream_id UINTEGER NOT NULL, level UTINYINT NOT NULL,
  message VARCHAR NOT NULL USING COMPRESSION zstd
);
CREATE TABLE IF NOT EXISTS invocations (
  sequence BIGINT NOT NULL, request_id VARCHAR NOT NULL, account_id VARCHAR NOT NULL, region VARCHAR NOT NULL,
  function_name VARCHAR NOT NULL, version VARCHAR NOT NULL, invoked_arn VARCHAR NOT NULL, caller_arn VARCHAR,
  stream_id UINTEGER NOT NULL,
  -- Its log lines, both ends included; unset when it wrote none.
  first_line BIGINT, last_line BIGINT,
  started_at BIGINT NOT NULL, waited_ms DOUBLE NOT NULL, duration_ms DOUBLE NOT NULL, billed_ms INTEGER NOT NULL,
  init_ms DOUBLE, memory_mb INTEGER NOT NULL, max_memory_mb INTEGER NOT NULL,
  status VARCHAR NOT NULL, error_type VARCHAR, error_message VARCHAR,
  event_bytes INTEGER NOT NULL, response_bytes INTEGER NOT NULL, cost_usd DOUBLE NOT NULL
);
-- Metrics that somebody sent; those of AWS/Lambda are computed from invocations. Dimensions are sorted JSON pairs.
CREATE TABLE IF NOT EXISTS metric_series (
  id UINTEGER NOT NULL, account_id VARCHAR NOT NULL, region VARCHAR NOT NULL,
  namespace VARCHAR NOT NULL, name VARCHAR NOT NULL, dimensions VARCHAR NOT NULL
);
-- A value and how often it came, or the summary of many, which has no single value.
CREATE TABLE IF NOT EXISTS metric_values (
  "timestamp" BIGINT NOT NULL, series_id UINTEGER NOT NULL, value DOUBLE, samples DOUBLE NOT NULL,
  "sum" DOUBLE NOT NULL, minimum DOUBLE NOT NULL, maximum DOUBLE NOT NULL, unit VARCHAR NOT NULL
);
-- Events and responses, encrypted, by the invocation's sequence.
CREATE TABLE IF NOT EXISTS payloads (
  sequence BIGINT NOT NULL, started_at BIGINT NOT NULL, sealed BLOB NOT NULL
);
`;

/** Raised when `schema` changes in a way that older files do not have. */
export const schemaVersion = 1;
