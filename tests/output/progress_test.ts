import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { WorkEvent } from "../../src/base/mod.ts";
import {
  foldProgress,
  idle,
  type ProgressState,
  renderFinished,
  renderProgress,
} from "../../src/output/mod.ts";

const size = { columns: 100, rows: 24 };

/** Folds events that come at given milliseconds, and lets the clock go on to `now`. */
function stateAfter(now: number, ...events: [at: number, event: WorkEvent][]): ProgressState {
  const state = events.reduce((before, [at, event]) => foldProgress(before, event, at), idle);
  return { ...state, now };
}

const started = (total?: number, unit?: "items" | "bytes"): WorkEvent => ({
  kind: "started",
  id: "a",
  label: "Reading packages",
  total,
  unit,
});
const advanced = (by: number, total?: number): WorkEvent => ({
  kind: "advanced",
  id: "a",
  by,
  total,
});

Deno.test("renderProgress() draws bar, share, amount, rate and time left", () => {
  const state = stateAfter(1000, [0, started(4000)], [1000, advanced(1000)]);
  deepEqual(renderProgress(state, size), [
    "Reading packages  ████████░░░░░░░░░░░░░░░░░░░░░░  25%  1,000 of 4,000 · 1,000/s · 3 s left",
  ]);
});

Deno.test("renderProgress() counts bytes in their units", () => {
  const state = stateAfter(2000, [0, started(2 ** 30, "bytes")], [2000, advanced(2 ** 20 * 3)]);
  deepEqual(renderProgress(state, { columns: 80, rows: 24 }), [
    "Reading packages  ░░░░░░░░░░░░   0%  3.0 MiB of 1.0 GiB · 1.5 MiB/s · 11:21 left",
  ]);
  deepEqual(renderProgress(state, { columns: 60, rows: 24 }), [
    "Reading packages  ░░░░░░░░░░░░░   0%  1.5 MiB/s · 11:21 left",
  ]);
  deepEqual(renderProgress(state, { columns: 40, rows: 24 }), [
    "Reading packages   0%  3.0 MiB of 1.0 G…",
  ]);
});

Deno.test("renderProgress() shows amount and rate alone while the total is unknown", () => {
  const state = stateAfter(1000, [0, started()], [1000, advanced(5)]);
  deepEqual(renderProgress(state, size), ["Reading packages  5 · 5.0/s"]);
});

Deno.test("renderProgress() shows how long it has taken so far where nothing is counted", () => {
  const lines = [500, 21_900, 83_000].map((now) =>
    renderProgress(stateAfter(now, [0, started()]), size)[0]
  );
  deepEqual(lines, ["Reading packages", "Reading packages  21 s", "Reading packages  1:23"]);
});

Deno.test("a total that becomes known later is taken over", () => {
  const state = stateAfter(100, [0, started()], [100, advanced(1, 2)]);
  deepEqual(renderProgress(state, { columns: 50, rows: 24 }), [
    "Reading packages  ██████████░░░░░░░░░  50%  1 of 2",
  ]);
});

Deno.test("the rate follows what happens now rather than what happened long ago", () => {
  const slow: [number, WorkEvent][] = Array.from({ length: 20 }, (_, n) => [n * 1000, advanced(1)]);
  const fast: [number, WorkEvent][] = Array.from(
    { length: 20 },
    (_, n) => [20_000 + n * 1000, advanced(100)],
  );
  const rate = (state: ProgressState) => state.phases[0]?.rate ?? 0;
  const before = stateAfter(20_000, [0, started()], ...slow);
  const after = stateAfter(40_000, [0, started()], ...slow, ...fast);
  equal(Math.round(rate(before)), 1);
  equal(rate(after) > 95 && rate(after) <= 100, true, `${rate(after)}`);
});

Deno.test("finished work is drawn no more, and warnings draw nothing", () => {
  const state = stateAfter(
    5,
    [0, started()],
    [1, { kind: "warned", code: "X", message: "x" }],
    [2, { kind: "finished", id: "a" }],
    [3, advanced(1)],
  );
  deepEqual(renderProgress(state, size), []);
});

Deno.test("more phases than fit are counted", () => {
  const events = Array.from({ length: 9 }, (_, n): [number, WorkEvent] => [
    n,
    { kind: "started", id: `${n}`, label: `Phase ${n}` },
  ]);
  const lines = renderProgress(stateAfter(9, ...events), { columns: 80, rows: 6 });
  equal(lines.length, 4);
  equal(lines.at(-1), "… and 6 more");
});

Deno.test("renderFinished() says what was done and how long it took", () => {
  const phase = stateAfter(0, [0, started()], [1, advanced(1234)]).phases[0]!;
  equal(renderFinished(phase, 2500), "Reading packages: 1,234 in 2.5 s");
  equal(renderFinished(phase, 300, "nothing new"), "Reading packages: nothing new in 300 ms");
});

Deno.test("no line is wider than the terminal, whatever happens", () => {
  const event = fc.oneof(
    fc.record({
      kind: fc.constant("started" as const),
      id: fc.constantFrom("a", "b", "c"),
      label: fc.string({ maxLength: 80 }),
      total: fc.option(fc.integer({ min: -1, max: 2 ** 40 }), { nil: undefined }),
      unit: fc.constantFrom("items" as const, "bytes" as const),
    }),
    fc.record({
      kind: fc.constant("advanced" as const),
      id: fc.constantFrom("a", "b", "c"),
      by: fc.integer({ min: 0, max: 2 ** 40 }),
    }),
    fc.record({ kind: fc.constant("finished" as const), id: fc.constantFrom("a", "b", "c") }),
  );
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), event)),
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 50 }),
    (steps, columns, rows) => {
      let at = 0;
      let state = idle;
      for (const [pause, next] of steps) {
        at += pause;
        state = foldProgress(state, next, at);
        const lines = renderProgress(state, { columns, rows });
        if (lines.some((line) => line.length > columns || line.includes("\n"))) return false;
        if (lines.length > Math.max(1, rows - 2)) return false;
        if (lines.some((line) => /NaN|Infinity|undefined/.test(line))) return false;
      }
      return true;
    },
  ));
});
