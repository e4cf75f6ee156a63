import { serve, type TestServer } from "./http_server.ts";

/** A file as a server offers it; each answer may do wrong in its own way. */
export interface OfferedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Sent as `ETag`. */
  readonly etag?: string;
  /** Sent as `Last-Modified`. */
  readonly modified?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether ranges are answered with 206; default yes. */
  readonly ranges?: boolean;
  /** The connection ends before this byte of the file, although `content-length` promises more. */
  readonly cutAt?: number;
  /** Nothing comes after this byte of the file. */
  readonly stallAt?: number;
  /** Without `content-length`. */
  readonly chunked?: boolean;
}

const CHUNK = 16 * 1024;

/** Starts a server that answers each request with the file that `offer` says. */
export function serveFile(
  offer: (request: Request, count: number) => OfferedFile | Response,
): TestServer {
  return serve((request, count) => {
    const offered = offer(request, count);
    return offered instanceof Response ? offered : answerFile(request, offered);
  });
}

/** Answers one request for a file as a server does that honours `Range` and `If-Range`. */
export function answerFile(request: Request, file: OfferedFile): Response {
  const { bytes, etag, modified } = file;
  const headers = new Headers({ "content-type": "application/octet-stream", ...file.headers });
  if (etag !== undefined) headers.set("etag", etag);
  if (modified !== undefined) headers.set("last-modified", modified);
  const asked = /^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "");
  const condition = request.headers.get("if-range");
  const holds = condition === null || condition === etag || condition === modified;
  const start = asked !== null && holds && file.ranges !== false ? Number(asked[1]) : 0;
  if (start > 0 && start >= bytes.length) {
    headers.set("content-range", `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  if (start > 0) headers.set("content-range", `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
  if (!file.chunked) headers.set("content-length", String(bytes.length - start));
  return new Response(bodyFrom(file, start), { status: start > 0 ? 206 : 200, headers });
}

function bodyFrom({ bytes, cutAt, stallAt }: OfferedFile, start: number): ReadableStream {
  const end = Math.min(bytes.length, cutAt ?? Infinity, stallAt ?? Infinity);
  let at = start;
  return new ReadableStream({
    pull(controller) {
      if (at < end) {
        const next = Math.min(end, at + CHUNK);
        controller.enqueue(bytes.slice(at, next));
        at = next;
      } else if (stallAt !== undefined) return new Promise(() => {});
      else controller.close();
    },
  });
}

/** Bytes that look random and are the same for the same seed. */
export function seededBytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = seed >>> 0 || 1;
  for (let at = 0; at < words.length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[at] = state >>> 0;
  }
  return new Uint8Array(words.buffer, 0, length);
}
