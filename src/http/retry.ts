/** How often, and after how long, a request is repeated. */
export interface RetryRules {
  /** Repetitions after the first attempt. */
  readonly retries: number;
  /** The first pause is a random part of this, in milliseconds; it doubles with each attempt. */
  readonly baseMs: number;
  /** No pause is longer, in milliseconds. */
  readonly maxMs: number;
}

/** The rules that hold unless a caller sets its own. */
export const defaultRetryRules: RetryRules = { retries: 5, baseMs: 500, maxMs: 30_000 };

/** The longest `Retry-After` that is honoured, in milliseconds. */
export const MAX_RETRY_AFTER_MS = 120_000;

/** Tells whether a status stands for a fault that may pass. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status <= 599 && status !== 501);
}

/**
 * The pause before an attempt is repeated: "full jitter", a random part of a doubling span.
 *
 * Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 *
 * @param attempt Attempts that failed so far, from 1.
 * @param random A number from 0 up to 1.
 */
export function backoffMs(rules: RetryRules, attempt: number, random: number): number {
  return random * Math.min(rules.maxMs, rules.baseMs * 2 ** (attempt - 1));
}

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date.
 *
 * @param now Milliseconds since the epoch, which a date is compared with.
 * @returns Milliseconds, at most {@linkcode MAX_RETRY_AFTER_MS}; `undefined` when absent or unreadable.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const text = value.trim();
  const milliseconds = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * 1_000
    : /[a-z]{3}/i.test(text)
    ? Date.parse(text) - now
    : NaN;
  if (Number.isNaN(milliseconds)) return undefined;
  return Math.min(MAX_RETRY_AFTER_MS, Math.max(0, milliseconds));
}
