/** The longest log event in bytes; longer ones become several. */
const maxEventBytes = 262_144;

/** Cuts a message into events of at most `maxEventBytes`, between characters. */
export function splitMessage(message: string): string[] {
  // A UTF-16 unit is at most three bytes.
  if (message.length * 3 <= maxEventBytes) return [message];
  const bytes = Buffer.from(message);
  if (bytes.length <= maxEventBytes) return [message];
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + maxEventBytes, bytes.length);
    // 10xxxxxx continues a character.
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    parts.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return parts;
}
