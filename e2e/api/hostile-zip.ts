import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip that says what it is told to say. */
export interface ZipEntry {
  name: string;
  data?: Buffer | string;
  /** `st_mode`; a regular file when absent. */
  mode?: number;
  /** Size that the zip claims for the inflated data, when it lies. */
  claimedSize?: number;
  /** Points to the data of the entry at this index instead of having its own. */
  sharesDataOf?: number;
  /** General-purpose flags: 1 is "encrypted". */
  flags?: number;
}

/** Writes a zip without a single check, which is why it is not done by a library. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const source = entry.sharesDataOf === undefined ? entry : (entries[entry.sharesDataOf] ?? entry);
    const content = Buffer.from(source.data ?? '');
    // Nothing is stored as it is: deflating it would cost a hundred thousand times for a zip of empty files.
    const data = content.length === 0 ? content : deflateRawSync(content);
    const name = Buffer.from(entry.name);
    // What both headers have in common: version, flags, method, time and date (1980-01-01), sizes, name length.
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags ?? 0, 2);
    fields.writeUInt16LE(content.length === 0 ? 0 : 8, 4);
    fields.writeUInt16LE(0x21, 8);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(entry.claimedSize ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const shared = entry.sharesDataOf === undefined ? undefined : offsets[entry.sharesDataOf];
    offsets.push(shared ?? offset);
    if (shared === undefined) {
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, data]);
      chunks.push(local);
      offset += local.length;
    }
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offsets.at(-1) ?? 0, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, rest, name]));
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...chunks, central, ...endRecords(entries.length, central.length, offset)]);
}

/** The end of the directory, in the 64-bit form where the 16 bits of the old one do not hold the count. */
function endRecords(count: number, size: number, offset: number): Buffer[] {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  if (count < 0xffff) return [end];
  const end64 = Buffer.alloc(56);
  end64.write('PK\x06\x06');
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [end64, locator, end];
}
