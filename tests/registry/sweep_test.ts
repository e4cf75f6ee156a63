import assert from "node:assert/strict";
import {
  endOf,
  placesOf,
  planNewVersions,
  planSweep,
  type SweepState,
} from "../../src/registry/crawl/sweep.ts";
import type { PackageRow } from "../../src/registry/cache/store.ts";

const NOW = "2026-08-20T02:00:00Z";
const YESTERDAY = "2026-08-19T02:00:00Z";

function packages(
  count: number,
  change: (index: number) => Partial<PackageRow> = () => ({}),
): PackageRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `p${String(index).padStart(4, "0")}`,
    downloads: index,
    latest: "1.0.0",
    missing_since: null,
    versions_checked: YESTERDAY,
    versions_due: 0,
    ...change(index),
  }));
}

function state(change: Partial<SweepState>): SweepState {
  return {
    packages: packages(4500),
    knownVersions: 36_000,
    sweptTo: 0,
    sweptAt: YESTERDAY,
    ...change,
  };
}

const rolling = { now: NOW, sweep: "rolling" } as const;

Deno.test("planNewVersions() reads all pages when nothing is known yet, unless there are more than packages", () => {
  const plan = planNewVersions(
    state({
      packages: packages(4500, () => ({ versions_checked: null, versions_due: 1 })),
      knownVersions: 0,
    }),
    rolling,
  );
  const reading = { startedAt: NOW, pageSize: 100, done: [] };
  assert.deepEqual(plan.allPages, { reading, most: 4500 });
});

Deno.test("planNewVersions() reads changed packages one by one, the most downloaded first", () => {
  const changed = packages(4500, (index) => index < 3 ? { versions_due: 1 } : {});
  assert.deepEqual(planNewVersions(state({ packages: changed }), rolling), {
    packages: ["p0002", "p0001", "p0000"],
  });
});

Deno.test("planNewVersions() reads known packages with a new release before unknown ones", () => {
  const changed = packages(4500, (index) => {
    if (index > 2) return {};
    return { versions_due: 1, versions_checked: index === 0 ? YESTERDAY : null };
  });
  assert.deepEqual(planNewVersions(state({ packages: changed }), rolling).packages, [
    "p0000",
    "p0002",
    "p0001",
  ]);
});

Deno.test("planNewVersions() goes on with a reading that was interrupted, however many pages it has", () => {
  const unfinished = { startedAt: YESTERDAY, pageSize: 100, done: [1, 2] };
  assert.deepEqual(planNewVersions(state({ unfinished }), rolling).allPages, {
    reading: unfinished,
    most: Infinity,
  });
});

Deno.test("planNewVersions() leaves vanished packages alone", () => {
  const vanished = packages(10, () => ({ missing_since: YESTERDAY, versions_due: 1 }));
  assert.deepEqual(planNewVersions(state({ packages: vanished, knownVersions: 80 }), rolling), {
    packages: [],
  });
});

Deno.test("planNewVersions() with a full sweep reads all pages at once", () => {
  assert.equal(planNewVersions(state({}), { now: NOW, sweep: "full" }).allPages?.most, Infinity);
});

Deno.test("planSweep() looks at every place in seven daily runs, with a list that moves", () => {
  let sweptTo = 0;
  const seen = new Set<number>();
  for (let day = 0; day < 7; day++) {
    const part = planSweep({ sweptTo, sweptAt: YESTERDAY }, rolling)!;
    const places = placesOf(part, 360 + day);
    assert.ok(places.length <= 60, `${places.length} pages on one day`);
    for (const place of places) seen.add(place);
    sweptTo = endOf(part);
  }
  assert.deepEqual(Array.from({ length: 360 }, (_, at) => at).filter((at) => !seen.has(at)), []);
});

Deno.test("planSweep() catches up after days without a run, and never takes a place twice", () => {
  const late = planSweep({ sweptTo: 0.3, sweptAt: "2026-08-01T00:00:00Z" }, rolling)!;
  const places = placesOf(late, 360);
  assert.equal(new Set(places).size, 360);
  assert.equal(places.length, 360);
});

Deno.test("planSweep() sweeps nothing twice at the same time, and nothing when told not to", () => {
  assert.equal(planSweep({ sweptTo: 0, sweptAt: NOW }, rolling), undefined);
  assert.equal(planSweep({ sweptTo: 0 }, { now: NOW, sweep: "none" }), undefined);
  assert.deepEqual(placesOf({ from: 0.5, share: 1 }, 0), []);
});
