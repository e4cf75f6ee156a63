import assert from "node:assert/strict";
import fc from "fast-check";
import { type HistoryPoint, planHistory } from "../../src/registry/crawl/history.ts";

/** Plays a crawl of one package: answers come from `truth` until the plan asks for nothing more. */
function play(
  truth: readonly string[],
  mode: "bisect" | "full",
  start: HistoryPoint[] = blank(truth),
) {
  const points = start.map((point) => ({ ...point }));
  const asked: number[] = [];
  for (let round = 0; round < 100; round++) {
    const plan = planHistory(points, mode);
    for (const { version, digest } of plan.infer) points[Number(version)]!.inferred = digest;
    if (plan.read.length === 0) return { points, asked };
    for (const version of plan.read) {
      asked.push(Number(version));
      points[Number(version)] = { ...points[Number(version)]!, read: truth[Number(version)] };
    }
  }
  throw new Error("the plan does not come to an end");
}

function blank(truth: readonly string[]): HistoryPoint[] {
  return truth.map((_, index) => ({ version: String(index), wanted: true }));
}

/** Histories in which a list that was given up does not come back. */
const histories = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 })
  .map((runs) => runs.flatMap((length, index) => Array<string>(length).fill(`list${index}`)));

Deno.test("planHistory() finds every list of a history without reading all of it", () => {
  fc.assert(fc.property(histories, (truth) => {
    const { points, asked } = play(truth, "bisect");
    assert.deepEqual(points.map((point) => point.read ?? point.inferred), truth);
    const changes = new Set(truth).size - 1;
    assert.ok(asked.length <= 2 + changes * (Math.ceil(Math.log2(truth.length)) + 1));
  }));
});

Deno.test("planHistory() never asks twice for a version", () => {
  fc.assert(fc.property(histories, (truth) => {
    const { asked } = play(truth, "bisect");
    assert.equal(new Set(asked).size, asked.length);
  }));
});

Deno.test("planHistory() reads every wanted version when history is full", () => {
  const { asked, points } = play(["a", "a", "b", "a"], "full");
  assert.deepEqual(asked, [0, 1, 2, 3]);
  assert.ok(points.every((point) => point.inferred === undefined));
});

Deno.test("planHistory() reads two versions of a package that never changed", () => {
  assert.deepEqual(play(["a", "a", "a", "a", "a"], "bisect").asked, [0, 4]);
});

Deno.test("planHistory() reads a new release only, when it equals the one before", () => {
  const known = play(["x", "a", "a", "a"], "bisect", [
    { version: "0", wanted: true },
    { version: "1", wanted: true, read: "a" },
    { version: "2", wanted: true, inferred: "a" },
    { version: "3", wanted: true, read: "a" },
  ]);
  assert.deepEqual(known.asked, [0]);
});

Deno.test("planHistory() is not led astray by a version that left the window of wanted ones", () => {
  const { asked } = play(["b", "a", "a", "a"], "bisect", [
    { version: "0", wanted: true },
    { version: "1", wanted: true, read: "a" },
    { version: "2", wanted: true, inferred: "a" },
    { version: "3", wanted: false, read: "a" },
  ]);
  assert.deepEqual(asked, [0]);
});

Deno.test("planHistory() asks for nothing that cannot be had", () => {
  assert.deepEqual(planHistory([], "bisect"), { read: [], infer: [] });
  assert.deepEqual(planHistory([{ version: "1", wanted: false }], "bisect"), {
    read: [],
    infer: [],
  });
});
