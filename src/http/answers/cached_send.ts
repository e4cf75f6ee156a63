import { ComfydockError, isKind, redact } from "../../base/mod.ts";
import { toResponse } from "../body.ts";
import { httpErrors } from "../errors.ts";
import type { HttpClient, HttpResponse } from "../types.ts";
import type { AnswerCache } from "./cache.ts";
import { answerKey } from "./key.ts";
import type { CachedAnswer, CachedRequest, KeptAnswer } from "./types.ts";

const MISSING_MAX_AGE_MS = 10 * 60_000;
const PASSING_STATUSES: readonly unknown[] = [408, 425, 429];
const OUTAGES = [
  httpErrors.NETWORK_UNREACHABLE,
  httpErrors.NETWORK_UNTRUSTED,
  httpErrors.NETWORK_TIMEOUT,
  httpErrors.NETWORK_OFFLINE,
  httpErrors.REQUEST_BUDGET_SPENT,
  httpErrors.HTTP_BODY_INVALID,
];

/**
 * Sends a request unless its kept answer is young enough; an old one is asked about by its ETag, and used when the
 * network fails.
 *
 * @param http Sends; with `offline` it refuses, and then any kept answer is right.
 * @param cache Where answers are kept, its clock and its reporter.
 * @throws What {@linkcode HttpClient.send} throws, when there is no kept answer to fall back on.
 */
export async function cachedSend(
  http: HttpClient,
  cache: AnswerCache,
  request: CachedRequest,
): Promise<CachedAnswer> {
  const key = answerKey(request);
  if (key === undefined) return { response: await http.send(request), from: "network" };
  const kept = usable(cache.read(key), request);
  if (kept && isFresh(kept, request, cache.clock.now())) return fromKept(kept, "cache");
  try {
    const response = await http.send(kept?.etag ? { ...request, etag: kept.etag } : request);
    if (response.status === 304 && kept) {
      cache.confirm(key);
      return fromKept(kept, "cache");
    }
    if (response.status !== 304) cache.keep(key, toKept(response, cache.clock.now()));
    return { response, from: "network" };
  } catch (error) {
    if (!kept || !isOutage(error)) throw error;
    tellStale(cache, kept, error);
    return fromKept(kept, "stale");
  }
}

/** Tells whether a failure says nothing about the thing asked for, so that an older answer is better than none. */
export function isOutage(error: unknown): error is ComfydockError {
  if (OUTAGES.some((kind) => isKind(error, kind))) return true;
  if (!isKind(error, httpErrors.HTTP_STATUS)) return false;
  const { status } = error.details;
  return Number(status) >= 500 || PASSING_STATUSES.includes(status);
}

/** A kept status that this request would not accept is of no use to it. */
function usable(kept: KeptAnswer | undefined, { accept = [] }: CachedRequest) {
  return kept && (kept.status < 300 || accept.includes(kept.status)) ? kept : undefined;
}

function isFresh({ status, checkedAt }: KeptAnswer, request: CachedRequest, now: number): boolean {
  const { maxAgeMs, missingMaxAgeMs = MISSING_MAX_AGE_MS } = request;
  const age = now - checkedAt;
  return age >= 0 && age < (status < 300 ? maxAgeMs : Math.min(maxAgeMs, missingMaxAgeMs));
}

function toKept(response: HttpResponse, now: number): KeptAnswer {
  const { status, url, etag, body, headers } = response;
  const contentType = headers.get("content-type") ?? undefined;
  return { status, url: redact(url), etag, contentType, body, checkedAt: now };
}

function fromKept(kept: KeptAnswer, from: "cache" | "stale"): CachedAnswer {
  const headers = new Headers();
  if (kept.etag !== undefined) headers.set("etag", kept.etag);
  if (kept.contentType !== undefined) headers.set("content-type", kept.contentType);
  const shell = new Response(null, { status: kept.status, headers });
  return { response: toResponse(shell, kept.url, kept.body), from };
}

function tellStale({ report }: AnswerCache, kept: KeptAnswer, error: ComfydockError): void {
  // Who works offline asked for it.
  if (error.code === httpErrors.NETWORK_OFFLINE.code) return;
  const since = new Date(kept.checkedAt).toISOString().replace(/\.\d+Z$/, "Z");
  const message = `${error.message}; going on with the answer of ${since}`;
  report.emit({ kind: "warned", code: "ANSWER_STALE", message });
}
