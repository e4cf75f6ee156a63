import assert from "node:assert/strict";
import fc from "fast-check";
import {
  nextPermitted,
  onPause,
  onRefused,
  onSent,
  onSuccess,
  onWaited,
  type PaceState,
  startPace,
} from "../../src/http/limiter.ts";
import { type Limit, simulate } from "./limited_host.ts";

/** A seeded generator of numbers from 0 up to 1 (Numerical Recipes' linear congruence). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32;
}

const servers: readonly { name: string; limit: Limit; least: number }[] = [
  {
    name: "a bucket with a burst of 10",
    limit: { kind: "bucket", rate: 40, burst: 10 },
    least: 0.9,
  },
  {
    name: "a bucket with a burst of 40",
    limit: { kind: "bucket", rate: 40, burst: 40 },
    least: 0.9,
  },
  { name: "a window of one second", limit: { kind: "window", rate: 40 }, least: 0.9 },
  // Without any burst a late request gets the next one refused, so that jitter alone takes a part.
  { name: "a bucket without burst", limit: { kind: "bucket", rate: 40, burst: 1 }, least: 0.8 },
];

for (const { name, limit, least } of servers) {
  for (const retryAfterMs of [undefined, 1_000]) {
    const after = retryAfterMs === undefined ? "" : " and Retry-After";
    Deno.test(`the pace uses what ${name}${after} allows, and is seldom refused`, () => {
      for (const latencyMs of [1, 20]) {
        for (const seed of [1, 2, 3]) {
          const { seconds, refused } = simulate({
            limit,
            retryAfterMs,
            latencyMs,
            ceiling: 200,
            requests: 2_000,
            concurrency: 50,
            jitterMs: 1,
            random: numbers(seed * 7_919),
          });
          const used = 2_000 / seconds / 40;
          assert.ok(used >= least, `used ${used} at ${latencyMs} ms, seed ${seed}`);
          assert.ok(refused <= 20, `refused ${refused} at ${latencyMs} ms, seed ${seed}`);
        }
      }
    });
  }
}

Deno.test("the pace climbs far over what it had learned once the limit is lifted", () => {
  const learned = simulate({
    limit: { kind: "bucket", rate: 40, burst: 10 },
    ceiling: 200,
    requests: 20_000,
    concurrency: 50,
    latencyMs: 1,
    jitterMs: 1,
    random: numbers(5),
  }).paces.at(-1)!;
  let pace = learned;
  let now = pace.grownAt;
  // Every request is let through from now on.
  while (pace.rate < 150 && now < learned.grownAt + 600_000) pace = oneMore(pace, now = due(pace));
  assert.ok(now - learned.grownAt < 400_000, `${(now - learned.grownAt) / 1_000} s`);
});

function due(pace: PaceState): number {
  return nextPermitted(pace);
}

/** Sends a request that had to wait, and has it answered one millisecond later. */
function oneMore(pace: PaceState, now: number): PaceState {
  return onSuccess(onSent(onWaited(pace, now), now), now + 1, now);
}

/** A pace after so many requests that were let through. */
function after(requests: number, ceiling = 200): { pace: PaceState; now: number } {
  let pace = startPace(ceiling, 0);
  let now = 0;
  for (let sent = 0; sent < requests; sent++) {
    now = Math.max(now, due(pace));
    pace = oneMore(pace, now);
  }
  return { pace, now: now + 1 };
}

Deno.test("the pace starts slowly and doubles within a second while nothing refuses it", () => {
  assert.deepEqual([5, 200, 1_000, Infinity].map((rate) => startPace(rate, 0).rate), [
    5,
    20,
    100,
    500,
  ]);
  const { pace, now } = after(30);
  assert.ok(pace.rate > 35 && pace.rate < 45, `${pace.rate}`);
  assert.ok(now > 900 && now < 1_200, `${now}`);
});

Deno.test("the pace does not grow on requests that did not have to wait for it", () => {
  let pace = startPace(200, 0);
  for (let now = 0; now < 60_000; now += 500) pace = onSuccess(onSent(pace, now), now + 100, now);
  assert.equal(pace.rate, 20);
});

Deno.test("a refusal halves the pace once, however many requests were under way", () => {
  const { pace, now } = after(40);
  const first = onRefused(pace, now, now - 10);
  assert.equal(first.rate, pace.rate / 2);
  assert.ok(nextPermitted(first) >= now + 250);
  let more = first;
  for (let answer = 1; answer <= 20; answer++) more = onRefused(more, now + answer, now - 5);
  assert.deepEqual(more, first);
  assert.equal(nextPermitted(onRefused(first, now + 5, now - 5, 2_000)), now + 2_005);
});

Deno.test("refusals in a row double the pause, and Retry-After replaces it", () => {
  let { pace, now } = after(40);
  const pauses = [];
  for (let strike = 0; strike < 9; strike++) {
    pace = onRefused(pace, now, now);
    pauses.push(pace.pausedUntil - now);
    now = pace.pausedUntil + 1;
  }
  assert.deepEqual(pauses.map(Math.round), [
    250,
    500,
    1_000,
    2_000,
    4_000,
    8_000,
    16_000,
    32_000,
    32_000,
  ]);
  assert.equal(onRefused(pace, now, now, 700).pausedUntil, now + 700);
  assert.equal(onPause(pace, now, 5_000).rate, pace.rate);
});

Deno.test("after a refusal the pace is soon back just under what was refused, and then holds", () => {
  const { pace, now } = after(60);
  let next = onRefused(pace, now, now - 1);
  let time = now;
  while (time < now + 12_000) next = oneMore(next, time = Math.max(time, due(next)));
  assert.ok(next.rate > 0.9 * pace.rate && next.rate < pace.rate, `${next.rate} of ${pace.rate}`);
});

Deno.test("the pace never exceeds its ceiling, whatever the host answers", () => {
  const answers = fc.array(fc.constantFrom("ok", "ok", "ok", "refused", "pause"), {
    maxLength: 400,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), answers, (ceiling, answers) => {
      let pace = startPace(ceiling, 0);
      let now = 0;
      const sent: number[] = [];
      for (const answer of answers) {
        now = Math.max(now, due(pace));
        sent.push(now);
        pace = onSent(onWaited(pace, now), now);
        if (answer === "ok") pace = onSuccess(pace, now, now);
        else pace = answer === "pause" ? onPause(pace, now, 50) : onRefused(pace, now, now);
        assert.ok(pace.rate <= ceiling && pace.rate > 0);
      }
      // Lateness is made up for: at a slow pace by gaps 3 % shorter, at a fast one within 10 ms.
      for (let from = 0; from < sent.length; from++) {
        for (let to = from + 1; to < sent.length && sent[to]! - sent[from]! <= 1_000; to++) {
          const most = 1 + 1.031 * ceiling * (sent[to]! - sent[from]! + 10) / 1_000;
          assert.ok(to - from <= most + 1, `${to - from} of ${most}`);
        }
      }
    }),
    { numRuns: 50, seed: 20_260_101 },
  );
});
