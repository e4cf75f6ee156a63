import type { RateLimit } from "./faults.ts";

/** Lets requests through at a rate. */
export interface Bucket {
  /** Takes a token, or says after how many milliseconds there is one. */
  take(): { readonly passes: true } | { readonly passes: false; readonly waitMs: number };
}

/** Fills a bucket that refills with time. */
export function createBucket({ perSecond, burst = perSecond }: RateLimit): Bucket {
  let tokens = burst;
  let last = performance.now();
  return {
    take() {
      const now = performance.now();
      tokens = Math.min(burst, tokens + (now - last) / 1000 * perSecond);
      last = now;
      if (tokens >= 1) {
        tokens -= 1;
        return { passes: true };
      }
      return { passes: false, waitMs: (1 - tokens) / perSecond * 1000 };
    },
  };
}

/** The answer to a request that comes too soon. */
export function tooManyRequests({ retryAfter = "seconds" }: RateLimit, waitMs: number): Response {
  const headers = new Headers({ "content-type": "application/json" });
  if (retryAfter === "seconds") headers.set("retry-after", String(Math.ceil(waitMs / 1000)));
  if (retryAfter === "date") {
    // A date has whole seconds, so it is rounded up lest it name a moment that is still too soon.
    const moment = Math.ceil((Date.now() + waitMs) / 1000) * 1000;
    headers.set("retry-after", new Date(moment).toUTCString());
  }
  const body = JSON.stringify({ error: "Too Many Requests", message: "Rate limit exceeded" });
  return new Response(body, { status: 429, headers });
}
