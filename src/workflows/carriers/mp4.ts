import { bytesOf, decodeText, fourLetters, readPart } from "./bytes.ts";
import type { RandomAccess, Remark } from "./types.ts";

const MAX_BOXES = 100_000;
const CONTAINERS: ReadonlySet<string> = new Set(["moov", "udta", "meta", "ilst"]);

/** A box of the file: its name, and where its content lies. */
interface Box {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** Lists the metadata of an MP4 or QuickTime file: `keys` with `ilst`, and the comment of iTunes (ISO/IEC 14496-12). */
export function* readMp4(file: RandomAccess): Iterable<Remark> {
  yield* readLevel(file, 0, file.size, []);
}

function* readLevel(
  file: RandomAccess,
  start: number,
  end: number,
  names: readonly string[],
): Iterable<Remark> {
  let known = names;
  for (const box of boxesOf(file, start, end)) {
    if (box.kind === "keys") known = readKeys(file, box);
    else if (CONTAINERS.has(box.kind)) {
      yield* readLevel(file, box.start + headOf(file, box), box.end, known);
    } else yield* readItem(file, box, known);
  }
}

// `meta` is a full box in MP4 and a plain one in QuickTime; a full box begins with four zero bytes.
function headOf(file: RandomAccess, { kind, start }: Box): number {
  return kind === "meta" && readPart(file, start, 4)?.getUint32(0) === 0 ? 4 : 0;
}

function* boxesOf(file: RandomAccess, start: number, end: number): Iterable<Box> {
  let at = start;
  for (let count = 0; count < MAX_BOXES && at + 8 <= end; count++) {
    const head = readPart(file, at, 8);
    if (!head) return;
    const short = head.getUint32(0);
    const long = short === 1 ? readPart(file, at + 8, 8) : undefined;
    const size = short === 0 ? end - at : long ? Number(long.getBigUint64(0)) : short;
    const content = at + (long ? 16 : 8);
    if (at + size < content || at + size > end) return;
    yield { kind: fourLetters(head, 4), start: content, end: at + size };
    at += size;
  }
}

function readKeys(file: RandomAccess, { start, end }: Box): readonly string[] {
  const body = readPart(file, start, end - start);
  if (!body || body.byteLength < 8) return [];
  const names: string[] = [];
  let at = 8;
  while (at + 8 <= body.byteLength) {
    const size = body.getUint32(at);
    if (size < 8 || at + size > body.byteLength) break;
    names.push(decodeText(bytesOf(body, at + 8, size - 8)));
    at += size;
  }
  return names;
}

function* readItem(file: RandomAccess, box: Box, names: readonly string[]): Iterable<Remark> {
  const number = [...box.kind].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
  const name = box.kind === "©cmt" ? "comment" : names[number - 1];
  if (name === undefined) return;
  for (const { kind, start, end } of boxesOf(file, box.start, box.end)) {
    const body = kind === "data" ? readPart(file, start, end - start) : undefined;
    if (body && body.byteLength > 8) yield [name, decodeText(bytesOf(body, 8))];
  }
}
