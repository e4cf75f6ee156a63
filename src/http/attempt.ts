import { interrupted } from "../base/mod.ts";
import { readBody, readStart, toResponse } from "./body.ts";
import { type Fault, statusError, timeoutFault, transportFault } from "./faults.ts";
import { type Exchange, isRedirect } from "./redirect.ts";
import { isPassing } from "./retry.ts";
import type { Transport } from "./transport.ts";
import type { HttpResponse } from "./types.ts";

/** What one exchange with a server came to. */
export type Attempt =
  | { readonly kind: "answered"; readonly response: HttpResponse }
  | { readonly kind: "redirected"; readonly status: number; readonly location: string }
  | {
    readonly kind: "failed";
    readonly fault: Fault;
    /** Absent when no answer came at all. */
    readonly status?: number;
    /** `Retry-After` as the server wrote it. */
    readonly retryAfter?: string;
  };

/** What holds for one exchange. */
export interface AttemptLimits {
  /** The largest body after decompression, in bytes. */
  readonly maxBytes: number;
  /** How long everything may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Statuses besides 2xx and 304 that are answers. */
  readonly accept: readonly number[];
  readonly signal: AbortSignal;
}

/** How much of an error's body is read for the server's own words. */
const MAX_ERROR_BYTES = 16 * 1024;

/**
 * Sends one request and reads its whole answer; faults come back as values.
 *
 * @throws `INTERRUPTED`
 */
export async function attempt(
  transport: Transport,
  exchange: Exchange,
  limits: AttemptLimits,
): Promise<Attempt> {
  // One controller and one timer, both let go at the end: `AbortSignal.any` and `timeout` would outlive the request.
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, limits.timeoutMs);
  const giveUp = () => stop.abort();
  limits.signal.addEventListener("abort", giveUp, { once: true });
  if (limits.signal.aborted) stop.abort();
  try {
    return await exchangeOnce(transport, exchange, limits, stop.signal);
  } catch (error) {
    if (limits.signal.aborted) throw interrupted(limits.signal);
    const fault = late ? timeoutFault(exchange, limits.timeoutMs) : transportFault(exchange, error);
    return { kind: "failed", fault };
  } finally {
    clearTimeout(timer);
    limits.signal.removeEventListener("abort", giveUp);
  }
}

async function exchangeOnce(
  transport: Transport,
  exchange: Exchange,
  limits: AttemptLimits,
  signal: AbortSignal,
): Promise<Attempt> {
  const { url, method, headers, body } = exchange;
  const response = await transport(url, { method, headers, body, signal, redirect: "manual" });
  const { status } = response;
  if ((status >= 200 && status <= 299) || status === 304 || limits.accept.includes(status)) {
    const read = await readBody(response, limits.maxBytes, url.href);
    return { kind: "answered", response: toResponse(response, url.href, read) };
  }
  const location = response.headers.get("location");
  if (isRedirect(status) && location !== null) {
    await readStart(response, MAX_ERROR_BYTES);
    return { kind: "redirected", status, location };
  }
  const error = statusError(exchange, response, await readStart(response, MAX_ERROR_BYTES));
  return {
    kind: "failed",
    status,
    retryAfter: response.headers.get("retry-after") ?? undefined,
    fault: { error, passing: isPassing(status), untouched: status === 429 },
  };
}
