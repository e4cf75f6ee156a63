import type { HttpRequest, HttpResponse } from "../types.ts";

/** A request whose answer may come from the cache. */
export interface CachedRequest extends HttpRequest {
  /** How old a kept answer may be to be used without asking, in milliseconds. */
  readonly maxAgeMs: number;
  /** The same for accepted statuses from 400, such as 404; default 10 minutes, and never more than `maxAgeMs`. */
  readonly missingMaxAgeMs?: number;
  /** Keeps the answer although the request carries credentials; the credentials themselves are never kept. */
  readonly keepPrivate?: boolean;
}

/** Where an answer came from: `stale` is a kept one that is too old, used because no newer could be had. */
export type AnswerOrigin = "network" | "cache" | "stale";

/** An answer, and where it came from. */
export interface CachedAnswer {
  readonly response: HttpResponse;
  readonly from: AnswerOrigin;
}

/** An answer as it is kept. */
export interface KeptAnswer {
  readonly status: number;
  /** Where it came from after redirects, without secrets. */
  readonly url: string;
  readonly etag?: string;
  readonly contentType?: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** When the server last said that this is its answer, in milliseconds since the epoch. */
  readonly checkedAt: number;
}
