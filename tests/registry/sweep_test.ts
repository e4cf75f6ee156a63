import assert from "node:assert/strict";
import { planSweep, type SweepState } from "../../src/registry/crawl/sweep.ts";
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
    lastPage: 10,
    sweptAt: YESTERDAY,
    ...change,
  };
}

const rolling = { now: NOW, sweep: "rolling" } as const;

Deno.test("planSweep() reads all pages when nothing is known yet", () => {
  const plan = planSweep(
    state({
      packages: packages(4500, () => ({ versions_checked: null, versions_due: 1 })),
      knownVersions: 0,
    }),
    rolling,
  );
  assert.deepEqual(plan, {
    allPages: { startedAt: NOW, done: [] },
    pages: { from: 1, count: 0 },
    packages: [],
  });
});

Deno.test("planSweep() reads changed packages one by one, the most downloaded first", () => {
  const changed = packages(4500, (index) => index < 3 ? { versions_due: 1 } : {});
  assert.deepEqual(planSweep(state({ packages: changed }), rolling).packages, [
    "p0002",
    "p0001",
    "p0000",
  ]);
});

Deno.test("planSweep() sweeps over all versions in seven daily runs, with room to spare", () => {
  const { pages } = planSweep(state({}), rolling);
  assert.equal(pages.from, 10, "the page before is read again, because the list may have moved");
  assert.ok(
    (pages.count - 1) * 7 >= 360,
    `${pages.count} pages a day do not cover 360 in seven days`,
  );
  assert.ok(pages.count <= 60);
});

Deno.test("planSweep() catches up after days without a run", () => {
  const late = planSweep(state({ sweptAt: "2026-08-01T00:00:00Z" }), rolling);
  assert.ok(late.pages.count >= 360);
});

Deno.test("planSweep() sweeps nothing twice at the same time, and nothing with sweep none", () => {
  assert.equal(planSweep(state({ sweptAt: NOW }), rolling).pages.count, 0);
  assert.equal(planSweep(state({}), { now: NOW, sweep: "none" }).pages.count, 0);
});

Deno.test("planSweep() goes on with a reading that was interrupted, unless it is a day old", () => {
  const unfinished = { startedAt: "2026-08-20T01:00:00Z", done: [1, 2] };
  assert.deepEqual(planSweep(state({ unfinished }), rolling).allPages, unfinished);
  const old = { startedAt: "2026-08-18T01:00:00Z", done: [1, 2] };
  assert.equal(planSweep(state({ unfinished: old }), rolling).allPages, undefined);
});

Deno.test("planSweep() leaves vanished packages alone", () => {
  const vanished = packages(10, () => ({ missing_since: YESTERDAY, versions_due: 1 }));
  assert.deepEqual(
    planSweep(state({ packages: vanished, knownVersions: 80 }), rolling).packages,
    [],
  );
});
