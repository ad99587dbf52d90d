/** Levels by severity, as they are stored. */
const logLevels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;

const infoLevel = 2;
const longestJson = 65_536;
const names: Readonly<Record<string, number>> = {
  ...Object.fromEntries(logLevels.map((name, level) => [name, level])),
  WARNING: 3,
  CRITICAL: 5,
};
/** Node.js writes `time TAB id TAB LEVEL TAB`, Python `[LEVEL]`. */
const textFormat = /^(?:\S{20,32}\t[^\t]{0,64}\t([A-Z]+)\t|\[([A-Z]+)\])/;

/** The level of a line: from JSON, or from the text formats of the runtimes; INFO when it shows none. */
export function levelOf(message: string): number {
  if (message.startsWith('{')) return levelOfJson(message);
  const found = textFormat.exec(message);
  return names[found?.[1] ?? found?.[2] ?? ''] ?? infoLevel;
}

function levelOfJson(message: string): number {
  if (message.length > longestJson || !/level/i.test(message)) return infoLevel;
  try {
    const { level, log_level: logLevel } = JSON.parse(message) as Record<string, unknown>;
    const text = level ?? logLevel;
    return (typeof text === 'string' ? names[text.toUpperCase()] : undefined) ?? infoLevel;
  } catch {
    return infoLevel;
  }
}
