import { dispositionFileName } from "./file_name.ts";
import type { PartNote } from "./part_note.ts";

/** What there is of the file before a request. */
export interface PartState {
  /** Bytes that lie in the `.part`. */
  readonly offset: number;
  readonly note?: PartNote;
}

/** What an answer means for the `.part`. */
export type Judgement =
  /** The answer's bytes go to the end of what is there. */
  | { readonly kind: "continue"; readonly total: number }
  /** The answer is the whole file from its start; `note` is what allows to go on with it later. */
  | {
    readonly kind: "begin";
    readonly total?: number;
    readonly name?: string;
    readonly note?: PartNote;
  }
  /** Nothing is missing. */
  | { readonly kind: "complete" }
  /** What is there belongs to another version, or the answer does not fit to it: asked for from the start. */
  | { readonly kind: "restart"; readonly why: string };

/**
 * Judges the status and the headers of an answer.
 *
 * Source: RFC 9110 §13.1.5 (If-Range), §14.4 (Content-Range), §15.5.17 (416).
 *
 * @param url What was asked for, without secrets.
 */
export function judgeAnswer(
  { offset, note }: PartState,
  status: number,
  headers: Headers,
  url: string,
): Judgement {
  if (status === 206) return judgePart(offset, note, headers);
  if (status === 416) return judgeUnsatisfied(offset, note, headers);
  const total = readLength(headers.get("content-length"));
  const name = dispositionFileName(headers.get("content-disposition"));
  const validator = readValidator(headers);
  const resumable = validator !== undefined && total !== undefined;
  return {
    kind: "begin",
    total,
    name,
    note: resumable ? { url, validator, size: total, name } : undefined,
  };
}

function judgePart(offset: number, note: PartNote | undefined, headers: Headers): Judgement {
  const range = /^bytes\s+(\d+)-(\d+)\/(\d+)$/i.exec(headers.get("content-range") ?? "");
  if (range === null) {
    return { kind: "restart", why: "the server sent a part without saying which" };
  }
  const [start, total] = [Number(range[1]), Number(range[3])];
  if (start !== offset) {
    return { kind: "restart", why: `the server sent the part from ${start} instead of ${offset}` };
  }
  if (note !== undefined && (total !== note.size || !isSameVersion(note, headers))) {
    return { kind: "restart", why: "the file changed at the server" };
  }
  return { kind: "continue", total };
}

function judgeUnsatisfied(offset: number, note: PartNote | undefined, headers: Headers): Judgement {
  const total = /^bytes\s+\*\/(\d+)$/i.exec(headers.get("content-range") ?? "")?.[1];
  if (
    offset > 0 && Number(total) === offset && note?.size === offset && isSameVersion(note, headers)
  ) {
    return { kind: "complete" };
  }
  return { kind: "restart", why: "the server has no bytes after those that are there" };
}

/** An answer without a validator says nothing against it: `If-Range` has been honoured. */
function isSameVersion(note: PartNote, headers: Headers): boolean {
  const sent = note.validator.startsWith('"') ? headers.get("etag") : headers.get("last-modified");
  return sent === null || sent === note.validator;
}

/**
 * The validator that `If-Range` may carry: a strong `ETag`, else a `Last-Modified` at least a second older than the
 * answer (RFC 9110 §8.8.2.2).
 */
function readValidator(headers: Headers): string | undefined {
  const etag = headers.get("etag");
  if (etag !== null) return /^"[^"]*"$/.test(etag) ? etag : undefined;
  const modified = headers.get("last-modified");
  const age = Date.parse(headers.get("date") ?? "") - Date.parse(modified ?? "");
  return modified !== null && age >= 1_000 ? modified : undefined;
}

function readLength(header: string | null): number | undefined {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
