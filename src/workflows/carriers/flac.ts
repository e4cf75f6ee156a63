import { bytesOf, decodeText, readPart } from "./bytes.ts";
import type { RandomAccess, Remark } from "./types.ts";

const COMMENTS = 4;
const MAX_BLOCKS = 10_000;

/** Lists the Vorbis comments of a FLAC file (RFC 9639, section 8.6), written as `name=text`. */
export function* readFlac(file: RandomAccess): Iterable<Remark> {
  let at = 4;
  for (let count = 0; count < MAX_BLOCKS; count++) {
    const head = readPart(file, at, 4);
    if (!head) return;
    const word = head.getUint32(0);
    const length = word & 0xff_ffff;
    if (((word >>> 24) & 0x7f) === COMMENTS) {
      const body = readPart(file, at + 4, length);
      if (body) yield* readComments(body);
    }
    if (word >>> 31 === 1) return;
    at += 4 + length;
  }
}

function* readComments(body: DataView<ArrayBuffer>): Iterable<Remark> {
  const texts = new TextCursor(body);
  texts.next();
  for (let left = texts.count(); left > 0; left--) {
    const text = texts.next();
    if (text === undefined) return;
    const equals = text.indexOf("=");
    if (equals > 0) yield [text.slice(0, equals), text.slice(equals + 1)];
  }
}

/** Texts that follow each other, each behind its length. */
class TextCursor {
  #at = 0;
  constructor(readonly body: DataView<ArrayBuffer>) {}

  count(): number {
    if (this.#at + 4 > this.body.byteLength) return 0;
    const value = this.body.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  next(): string | undefined {
    const length = this.count();
    if (this.#at + length > this.body.byteLength) return undefined;
    const text = decodeText(bytesOf(this.body, this.#at, length));
    this.#at += length;
    return text;
  }
}
