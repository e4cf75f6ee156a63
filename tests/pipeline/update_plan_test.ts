import assert from "node:assert/strict";
import { join } from "node:path";
import {
  planUpdate,
  updateFiles,
  type UpdatePlan,
  type UpdateRequest,
  type UpdateState,
} from "../../src/pipeline/mod.ts";

const FILES = updateFiles("data");
const EMPTY: UpdateState = { workingCache: false, mappings: false, managerFiles: [] };
const ESTABLISHED: UpdateState = {
  workingCache: true,
  publishedCache: "data/full_registry_cache.json",
  mappings: true,
  managerFiles: ["extension-node-map.json"],
};
const NIGHTLY: UpdateRequest = {
  mode: "incremental",
  dataDir: "data",
  nodes: true,
  versions: true,
  metadata: true,
  network: true,
  allowShrink: false,
};

function running(plan: UpdatePlan): string[] {
  return plan.phases.filter((phase) => phase.skipped === undefined).map((phase) => phase.kind);
}

const CASES: readonly [
  name: string,
  state: UpdateState,
  request: Partial<UpdateRequest>,
  expected: string,
][] = [
  [
    "the first update reads everything",
    EMPTY,
    {},
    "crawl manager mappings augment export validate publish snapshot",
  ],
  [
    "a nightly update goes on from the working cache",
    ESTABLISHED,
    {},
    "crawl manager mappings augment export validate publish snapshot",
  ],
  [
    "a fresh clone starts from the published cache",
    { ...ESTABLISHED, workingCache: false },
    {},
    "import crawl manager mappings augment export validate publish snapshot",
  ],
  [
    "without network it works from what is there",
    ESTABLISHED,
    { network: false },
    "mappings augment export validate publish snapshot",
  ],
  [
    "without network and Manager's data nothing is added",
    { ...ESTABLISHED, managerFiles: [] },
    { network: false },
    "mappings export validate publish snapshot",
  ],
  [
    "with all crawl parts off it only rebuilds",
    ESTABLISHED,
    { nodes: false, versions: false, metadata: false },
    "manager mappings augment export validate publish snapshot",
  ],
];

for (const [name, state, request, expected] of CASES) {
  Deno.test(`planUpdate(): ${name}`, () => {
    const plan = planUpdate(state, { ...NIGHTLY, ...request });
    assert.equal(running(plan).join(" "), expected);
  });
}

Deno.test("planUpdate() reads the earlier mappings only for an incremental update", () => {
  const inputs = (mode: UpdateRequest["mode"]) =>
    planUpdate(ESTABLISHED, { ...NIGHTLY, mode }).phases
      .find((phase) => phase.kind === "mappings")!.inputs;
  assert.deepEqual(inputs("incremental"), [FILES.workingCache, FILES.mappings]);
  assert.deepEqual(inputs("full"), [FILES.workingCache]);
});

Deno.test("planUpdate() writes no published file before validation", () => {
  const published = [FILES.publishedCache, FILES.mappings];
  for (const [, state, request] of CASES) {
    const { phases } = planUpdate(state, { ...NIGHTLY, ...request });
    const early = phases.slice(0, phases.findIndex((phase) => phase.kind === "validate"));
    const written = early.flatMap((phase) => phase.outputs);
    assert.deepEqual(written.filter((path) => published.includes(path)), []);
  }
});

Deno.test("planUpdate() gives every phase inputs that are there or were written before", () => {
  for (const [, state, request] of CASES) {
    const plan = planUpdate(state, { ...NIGHTLY, ...request });
    const known = new Set<string>([FILES.manager, FILES.workingCache]);
    if (state.publishedCache) known.add(state.publishedCache);
    if (state.mappings) known.add(FILES.mappings);
    for (const name of state.managerFiles) known.add(join(FILES.manager, name));
    for (const phase of plan.phases.filter(({ skipped }) => skipped === undefined)) {
      assert.deepEqual(phase.inputs.filter((path) => !known.has(path)), [], phase.kind);
      for (const path of phase.outputs) known.add(path);
    }
  }
});

Deno.test("planUpdate() refuses an update that has nothing to work on", () => {
  for (const request of [{ network: false }, { nodes: false, versions: false, metadata: false }]) {
    assert.throws(() => planUpdate(EMPTY, { ...NIGHTLY, ...request }), {
      code: "NOTHING_TO_UPDATE",
    });
  }
});
