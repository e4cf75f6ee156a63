import { crc32, deflateRawSync, gzipSync } from "node:zlib";

/** An entry to write, with every lie that a hostile archive may tell. */
export interface RawEntry {
  readonly name: string;
  readonly data?: Uint8Array | string;
  /** Unix mode with type bits, such as `0o120777` for a symbolic link. */
  readonly mode?: number;
  /** Declared unpacked size when it differs from the truth. */
  readonly declaredSize?: number;
  /** Declared checksum when it differs from the truth. */
  readonly declaredCrc?: number;
  /** The name in the zip's local header when it differs. */
  readonly localName?: string;
  /** Type flag of tar; default `0`, or `5` for a name that ends with a slash. */
  readonly tarType?: string;
  readonly linkName?: string;
}

const encoder = new TextEncoder();
const bytesOf = (data: Uint8Array | string | undefined) =>
  typeof data === "string" ? encoder.encode(data) : data ?? new Uint8Array();

/** Writes a zip file byte by byte, checking nothing. */
export function rawZip(entries: readonly RawEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = bytesOf(entry.data);
    const packed = new Uint8Array(deflateRawSync(data));
    const name = encoder.encode(entry.name);
    const localName = encoder.encode(entry.localName ?? entry.name);
    const fields = (view: DataView, at: number) => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 2, 0x800, true);
      view.setUint16(at + 4, 8, true);
      view.setUint32(at + 10, entry.declaredCrc ?? crc32(data), true);
      view.setUint32(at + 14, packed.length, true);
      view.setUint32(at + 18, entry.declaredSize ?? data.length, true);
    };
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    fields(local, 4);
    local.setUint16(26, localName.length, true);
    const central = new DataView(new ArrayBuffer(46));
    central.setUint32(0, 0x02014b50, true);
    central.setUint16(4, (3 << 8) | 20, true);
    fields(central, 6);
    central.setUint16(28, name.length, true);
    central.setUint32(38, ((entry.mode ?? 0o100644) << 16) >>> 0, true);
    central.setUint32(42, offset, true);
    parts.push(new Uint8Array(local.buffer), localName, packed);
    directory.push(new Uint8Array(central.buffer), name);
    offset += 30 + localName.length + packed.length;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, directorySize, true);
  end.setUint32(16, offset, true);
  return join([...parts, ...directory, new Uint8Array(end.buffer)]);
}

/** Writes a tar file byte by byte, checking nothing. */
export function rawTar(entries: readonly RawEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    const data = bytesOf(entry.linkName === undefined ? entry.data : "");
    const header = new Uint8Array(512);
    const put = (at: number, text: string) => header.set(encoder.encode(text), at);
    const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, "0");
    put(0, entry.name);
    put(100, octal((entry.mode ?? 0o644) & 0o7777, 8));
    put(108, octal(0, 8));
    put(116, octal(0, 8));
    put(124, octal(entry.declaredSize ?? data.length, 12));
    put(136, octal(0, 12));
    put(148, "        ");
    put(156, entry.tarType ?? (entry.name.endsWith("/") ? "5" : "0"));
    put(157, entry.linkName ?? "");
    put(257, "ustar\u000000");
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, "0")}\u0000 `);
    parts.push(header, data, new Uint8Array((512 - data.length % 512) % 512));
  }
  return join([...parts, new Uint8Array(1024)]);
}

/** Writes a tar.gz. */
export function rawTarGz(entries: readonly RawEntry[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(rawTar(entries)));
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
