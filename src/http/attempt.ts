import { interrupted } from "../base/mod.ts";
import { readStart } from "./body.ts";
import { type Fault, silenceFault, statusError, timeoutFault, transportFault } from "./faults.ts";
import { type Exchange, isRedirect } from "./redirect.ts";
import { isPassing } from "./retry.ts";
import type { Transport } from "./transport.ts";
import type { Received } from "./types.ts";

/** What one exchange with a server came to. */
export type Attempt<T> =
  | {
    readonly kind: "answered";
    readonly status: number;
    /** `Retry-After` as the server wrote it. */
    readonly retryAfter?: string;
    readonly value: T;
  }
  | { readonly kind: "redirected"; readonly status: number; readonly location: string }
  | {
    readonly kind: "failed";
    readonly fault: Fault;
    /** Absent when no answer came at all. */
    readonly status?: number;
    readonly retryAfter?: string;
  };

/** What holds for one exchange. */
export interface AttemptLimits {
  /** How long everything may take, or nothing may come, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether `timeoutMs` bounds silence instead of the whole. */
  readonly bySilence: boolean;
  /** Statuses besides 2xx and 304 that are answers. */
  readonly accept: readonly number[];
  readonly signal: AbortSignal;
}

/** The connection that an answer comes in on. */
export interface Line {
  /** Says that something came, which counts where silence is bounded. */
  heard(): void;
  /** Ends the transfer. */
  hangUp(): void;
}

/** Reads an answer; passing faults of its content come back as values. */
export type Receive<T> = (response: Response, url: string, line: Line) => Promise<Received<T>>;

/** How much of an error's body is read for the server's own words. */
const MAX_ERROR_BYTES = 16 * 1024;

/**
 * Sends one request and has its answer read; faults come back as values.
 *
 * @throws `INTERRUPTED`, and what `receive` throws of ours
 */
export async function attempt<T>(
  transport: Transport,
  exchange: Exchange,
  limits: AttemptLimits,
  receive: Receive<T>,
): Promise<Attempt<T>> {
  // One controller and one timer, both let go at the end: `AbortSignal.any` and `timeout` would outlive the request.
  const stop = new AbortController();
  const watch = watchTime(limits, () => stop.abort());
  const line: Line = { heard: watch.heard, hangUp: () => stop.abort() };
  const giveUp = () => stop.abort();
  limits.signal.addEventListener("abort", giveUp, { once: true });
  if (limits.signal.aborted) stop.abort();
  try {
    return await exchangeOnce(transport, exchange, limits, stop.signal, (response, url) => {
      watch.heard();
      return receive(response, url, line);
    });
  } catch (error) {
    if (limits.signal.aborted) throw interrupted(limits.signal);
    if (!watch.isLate()) return { kind: "failed", fault: transportFault(exchange, error) };
    const fault = limits.bySilence ? silenceFault : timeoutFault;
    return { kind: "failed", fault: fault(exchange, limits.timeoutMs) };
  } finally {
    watch.end();
    limits.signal.removeEventListener("abort", giveUp);
  }
}

/** Calls `onLate` when the time is up; what is heard only takes note of the time, because it comes often. */
function watchTime({ timeoutMs, bySilence }: AttemptLimits, onLate: () => void) {
  let late = false;
  let last = performance.now();
  const check = () => {
    const left = bySilence ? timeoutMs - (performance.now() - last) : 0;
    if (left > 1) {
      timer = setTimeout(check, left);
      return;
    }
    late = true;
    onLate();
  };
  let timer = setTimeout(check, timeoutMs);
  return {
    heard: () => {
      last = performance.now();
    },
    isLate: () => late,
    end: () => clearTimeout(timer),
  };
}

async function exchangeOnce<T>(
  transport: Transport,
  exchange: Exchange,
  limits: AttemptLimits,
  signal: AbortSignal,
  receive: (response: Response, url: string) => Promise<Received<T>>,
): Promise<Attempt<T>> {
  const { url, method, headers, body } = exchange;
  const response = await transport(url, { method, headers, body, signal, redirect: "manual" });
  const { status } = response;
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  if ((status >= 200 && status <= 299) || status === 304 || limits.accept.includes(status)) {
    const received = await receive(response, url.href);
    if (received.kind === "done") {
      return { kind: "answered", status, retryAfter, value: received.value };
    }
    const fault = { error: received.error, passing: true, untouched: false };
    return { kind: "failed", status, retryAfter, fault };
  }
  const location = response.headers.get("location");
  if (isRedirect(status) && location !== null) {
    await readStart(response, MAX_ERROR_BYTES);
    return { kind: "redirected", status, location };
  }
  const error = statusError(exchange, response, await readStart(response, MAX_ERROR_BYTES));
  const fault = { error, passing: isPassing(status), untouched: status === 429 };
  return { kind: "failed", status, retryAfter, fault };
}
