import assert from "node:assert/strict";
import {
  backoffMs,
  defaultRetryRules,
  isPassing,
  MAX_RETRY_AFTER_MS,
  parseRetryAfter,
} from "../../src/http/retry.ts";

Deno.test("isPassing() takes time-outs, refusals and faults of the server for passing, nothing else", () => {
  assert.deepEqual([408, 429, 500, 502, 503, 504, 599].map(isPassing), Array(7).fill(true));
  assert.deepEqual([200, 301, 304, 400, 401, 404, 501].map(isPassing), Array(7).fill(false));
});

Deno.test("backoffMs() takes a random part of a span that doubles up to its limit", () => {
  const spans = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => backoffMs(defaultRetryRules, attempt, 1));
  assert.deepEqual(spans, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  assert.equal(backoffMs(defaultRetryRules, 3, 0.25), 500);
  assert.equal(backoffMs(defaultRetryRules, 3, 0), 0);
});

Deno.test("parseRetryAfter() reads seconds and dates, caps both, and ignores nonsense", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const cases: readonly [string | null, number | undefined][] = [
    ["0", 0],
    ["3", 3_000],
    [" 1.5 ", 1_500],
    ["Thu, 01 Jan 2026 00:00:07 GMT", 7_000],
    ["Wed, 31 Dec 2025 23:00:00 GMT", 0],
    ["86400", MAX_RETRY_AFTER_MS],
    ["Fri, 01 Jan 2027 00:00:00 GMT", MAX_RETRY_AFTER_MS],
    ["-5", undefined],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ];
  for (const [value, wanted] of cases) {
    assert.equal(parseRetryAfter(value, now), wanted, `${value}`);
  }
});
