import { bytesOf, decodeText, readPart } from "./bytes.ts";
import type { RandomAccess, Remark } from "./types.ts";

const MAX_ELEMENTS = 1_000_000;
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TAGS = 0x1254c367;
const TAG = 0x7373;
const SIMPLE_TAG = 0x67c8;
const TAG_NAME = 0x45a3;
const TAG_TEXT = 0x4487;

/** An element of the file: its id, and where its content lies. */
interface Element {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** Whether its length is left open, as in recordings. */
  readonly open: boolean;
}

/** Lists the tags of a WebM or Matroska file (RFC 9559, section 5.1.8; EBML: RFC 8794). */
export function* readWebm(file: RandomAccess): Iterable<Remark> {
  yield* readLevel(file, 0, file.size);
}

function* readLevel(file: RandomAccess, start: number, end: number): Iterable<Remark> {
  for (const element of elementsOf(file, start, end)) {
    if (element.id === SIMPLE_TAG) yield* readTag(file, element);
    else if (element.id === SEGMENT || element.id === TAGS || element.id === TAG) {
      yield* readLevel(file, element.start, element.end);
    }
  }
}

function* readTag(file: RandomAccess, tag: Element): Iterable<Remark> {
  let [name, text]: [string?, string?] = [];
  for (const { id, start, end } of elementsOf(file, tag.start, tag.end)) {
    if (id !== TAG_NAME && id !== TAG_TEXT) continue;
    const body = readPart(file, start, end - start);
    if (!body) return;
    if (id === TAG_NAME) name = decodeText(bytesOf(body, 0));
    else text = decodeText(bytesOf(body, 0));
  }
  if (name !== undefined && text !== undefined) yield [name, text];
}

function* elementsOf(file: RandomAccess, start: number, end: number): Iterable<Element> {
  let at = start;
  for (let count = 0; count < MAX_ELEMENTS && at < end; count++) {
    const id = readNumber(file, at, true);
    const size = id && readNumber(file, at + id.length, false);
    if (!id || !size) return;
    const content = at + id.length + size.length;
    const stop = size.open ? end : content + size.value;
    if (stop > end) return;
    yield { id: id.value, start: content, end: stop, open: size.open };
    // What an open cluster holds is passed over one by one, since nothing says where it ends.
    at = size.open && id.value === CLUSTER ? content : stop;
  }
}

function readNumber(
  file: RandomAccess,
  at: number,
  keepMarker: boolean,
): { readonly value: number; readonly length: number; readonly open: boolean } | undefined {
  const first = readPart(file, at, 1)?.getUint8(0);
  if (!first) return undefined;
  const length = Math.clz32(first) - 23;
  const body = readPart(file, at, length);
  if (!body) return undefined;
  const mask = 0xff >> length;
  let value = keepMarker ? first : first & mask;
  let open = (first & mask) === mask;
  for (let index = 1; index < length; index++) {
    const byte = body.getUint8(index);
    value = value * 256 + byte;
    open &&= byte === 0xff;
  }
  return { value, length, open };
}
