import type { HttpClient, HttpRequest, HttpResponse } from "../types.ts";
import type { AnswerCache } from "./cache.ts";
import { cachedSend, isOutage } from "./cached_send.ts";
import type { AnswerOrigin } from "./types.ts";

/** How a caching client behaves. */
export interface CachingOptions {
  /** How old a kept answer may be to be used without asking, in milliseconds. */
  readonly maxAgeMs: number;
  /** The same for accepted statuses from 400, such as 404. */
  readonly missingMaxAgeMs?: number;
  /** Told where each answer came from. */
  readonly onAnswer?: (url: string, from: AnswerOrigin) => void;
}

/** Once a host has failed, its kept answers are right at any age, for as long as this client lives. */
const ANY_AGE = Infinity;

/**
 * Makes a client whose GET answers are kept and reused; everything else passes through.
 *
 * A host that could not be reached is not waited for again where a kept answer will do.
 *
 * @param http Sends what has to be sent.
 */
export function createCachingClient(
  http: HttpClient,
  cache: AnswerCache,
  options: CachingOptions,
): HttpClient {
  const failed = new Set<string>();
  const { maxAgeMs, missingMaxAgeMs } = options;
  return {
    get requestCount() {
      return http.requestCount;
    },
    get budgetLeft() {
      return http.budgetLeft;
    },
    stream: (streaming) => http.stream(streaming),
    async send(request: HttpRequest): Promise<HttpResponse> {
      const origin = URL.canParse(String(request.url)) ? new URL(request.url).origin : "";
      const ages = failed.has(origin)
        ? { maxAgeMs: ANY_AGE, missingMaxAgeMs: ANY_AGE }
        : { maxAgeMs, missingMaxAgeMs };
      try {
        const { response, from } = await cachedSend(http, cache, { ...request, ...ages });
        if (from === "stale") failed.add(origin);
        options.onAnswer?.(
          String(request.url),
          failed.has(origin) && from === "cache" ? "stale" : from,
        );
        return response;
      } catch (error) {
        if (isOutage(error)) failed.add(origin);
        throw error;
      }
    },
  };
}
