import { throwIfAborted } from "../../base/mod.ts";

const PIECE_BYTES = 4 * 1024 ** 2;

/**
 * Whether two files have the same bytes, all of which are read.
 *
 * @throws `INTERRUPTED`, and the errors of the file system.
 */
export function equalFiles(one: string, other: string, signal?: AbortSignal): boolean {
  using first = Deno.openSync(one);
  using second = Deno.openSync(other);
  const [a, b] = [new Uint8Array(PIECE_BYTES), new Uint8Array(PIECE_BYTES)];
  for (;;) {
    throwIfAborted(signal);
    const count = fill(first, a);
    if (count !== fill(second, b)) return false;
    if (count === 0) return true;
    if (!sameBytes(a, b, count)) return false;
  }
}

function fill(file: Deno.FsFile, buffer: Uint8Array): number {
  let at = 0;
  while (at < buffer.length) {
    const count = file.readSync(buffer.subarray(at));
    if (count === null) break;
    at += count;
  }
  return at;
}

function sameBytes(
  one: Uint8Array<ArrayBuffer>,
  other: Uint8Array<ArrayBuffer>,
  length: number,
): boolean {
  const words = length >> 3;
  const a = new BigUint64Array(one.buffer, 0, words);
  const b = new BigUint64Array(other.buffer, 0, words);
  for (let at = 0; at < words; at++) if (a[at] !== b[at]) return false;
  for (let at = words << 3; at < length; at++) if (one[at] !== other[at]) return false;
  return true;
}
