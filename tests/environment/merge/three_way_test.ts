import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type MergeSides,
  mergeSnapshots,
  type Snapshot,
} from "../../../src/environment/merge/mod.ts";
import { parseToml } from "../../../src/base/mod.ts";
import { editManifest, sameValue, type TomlTable } from "../../../src/pyproject/mod.ts";

const snapshot = (text: string, files: Readonly<Record<string, string>> = {}): Snapshot => ({
  tables: parseToml(text, "test") as TomlTable,
  files: new Map(Object.entries(files)),
});

const nodeText = (id: string, version: string, requirements?: string) =>
  `[tool.comfydock.nodes.${id}]\nname = "${id}"\nversion = "${version}"\n` +
  (requirements === undefined ? "" : `[dependency-groups]\n${id} = ${requirements}\n`);

interface Case {
  readonly name: string;
  readonly base: Snapshot;
  readonly ours: Snapshot;
  readonly theirs: Snapshot;
  readonly changes: readonly string[];
  readonly conflicts: readonly string[];
  readonly files?: readonly string[];
  /** What the manifest holds then. */
  readonly result?: string;
}

const list = (...items: string[]) =>
  snapshot(`[project]\ndependencies = ${JSON.stringify(items)}\n`);
const empty = snapshot("");

const cases: readonly Case[] = [
  {
    name: "nodes that each side adds both come",
    base: empty,
    ours: snapshot(nodeText("a", "1")),
    theirs: snapshot(nodeText("b", "1", '["x"]')),
    changes: ["added node b"],
    conflicts: [],
    result: `${nodeText("a", "1")}${nodeText("b", "1", '["x"]')}`,
  },
  {
    name: "a node and its dependency group are one: neither comes without the other",
    base: snapshot(nodeText("a", "1", '["x<2"]')),
    ours: snapshot(nodeText("a", "2", '["x<2"]')),
    theirs: snapshot(nodeText("a", "1", '["x<3"]')),
    changes: [],
    conflicts: ["node a: changed changed"],
  },
  {
    name: "the same change on both sides is none",
    base: snapshot(nodeText("a", "1")),
    ours: snapshot(nodeText("a", "2")),
    theirs: snapshot(nodeText("a", "2")),
    changes: [],
    conflicts: [],
  },
  {
    name: "one side removes what the other changes",
    base: snapshot(nodeText("a", "1")),
    ours: empty,
    theirs: snapshot(nodeText("a", "2")),
    changes: [],
    conflicts: ["node a: removed changed"],
  },
  {
    name: "requirements are merged package by package, in the order of ours",
    base: list("a", "b<1", "c"),
    ours: list("a<9", "b<1", "c", "own"),
    theirs: list("a", "b<2", "new"),
    changes: ["changed dependency b", "removed dependency c", "added dependency new"],
    conflicts: [],
    result: '[project]\ndependencies = ["a<9", "b<2", "own", "new"]',
  },
  {
    name: "one package in two spellings is one",
    base: list("Py_Yaml<5"),
    ours: list("py-yaml<6"),
    theirs: list("PY.YAML<7"),
    changes: [],
    conflicts: ["dependency py-yaml: changed changed"],
  },
  {
    name: "what makes up the version of ComfyUI is one",
    base: snapshot('[tool.comfydock]\ncomfyui_version = "1"\ncomfyui_commit = "a"\n'),
    ours: snapshot('[tool.comfydock]\ncomfyui_version = "2"\ncomfyui_commit = "a"\n'),
    theirs: snapshot('[tool.comfydock]\ncomfyui_version = "1"\ncomfyui_commit = "b"\n'),
    changes: [],
    conflicts: ["comfyui ComfyUI: changed changed"],
  },
  {
    name: "backend and indexes of torch are one",
    base: snapshot('[tool.comfydock]\ntorch_backend = "cpu"\n'),
    ours: snapshot('[tool.comfydock]\ntorch_backend = "cu128"\n'),
    theirs: snapshot(
      '[tool.comfydock]\ntorch_backend = "cpu"\n[[tool.uv.index]]\nname = "t"\nurl = "u"\n',
    ),
    changes: [],
    conflicts: ["torch torch: changed changed"],
  },
  {
    name: "a tracked workflow and its file are one",
    base: snapshot('[tool.comfydock.workflows.tracked.w]\nfile = "workflows/w.json"\n', {
      "workflows/w.json": "1",
      "notes": "1",
    }),
    ours: snapshot(
      '[tool.comfydock.workflows.tracked.w]\nfile = "workflows/w.json"\nversion = "2"\n',
      { "workflows/w.json": "1", "notes": "1" },
    ),
    theirs: snapshot('[tool.comfydock.workflows.tracked.w]\nfile = "workflows/w.json"\n', {
      "workflows/w.json": "2",
      "notes": "2",
      "more": "1",
    }),
    changes: ["added file more", "changed file notes"],
    conflicts: ["workflow w: changed changed"],
    files: ["more", "notes"],
  },
  {
    name: "other fields are merged one by one",
    base: snapshot("[tool.mine]\na = 1\nb = 1\n"),
    ours: snapshot("[tool.mine]\na = 2\nb = 1\n"),
    theirs: snapshot("[tool.mine]\na = 1\nb = 2\n[tool.more]\nc = 1\n"),
    changes: ["changed setting tool.mine.b", "added setting tool.more.c"],
    conflicts: [],
    result: "[tool.mine]\na = 2\nb = 2\n[tool.more]\nc = 1\n",
  },
  {
    name: "a field that became a plain value is not written into again",
    base: empty,
    ours: snapshot("[tool]\nx = 1\n"),
    theirs: snapshot("[tool.x]\ny = 1\n"),
    changes: [],
    conflicts: ["setting tool.x: added added"],
    result: "[tool]\nx = 1\n",
  },
];

for (const { name, changes, conflicts, files = [], result, ...sides } of cases) {
  Deno.test(`merging by key: ${name}`, () => {
    const outcome = mergeSnapshots(sides);
    assert.deepEqual(outcome.changes.map(({ id, change }) => `${change} ${id}`), changes);
    assert.deepEqual(
      outcome.conflicts.map(({ id, ours, theirs }) => `${id}: ${ours} ${theirs}`),
      conflicts,
    );
    assert.deepEqual(outcome.files, files);
    const expected = result === undefined ? sides.ours.tables : snapshot(result).tables;
    assert.ok(sameValue(outcome.tables, expected), Deno.inspect(outcome.tables, { depth: 9 }));
    for (const { id } of outcome.conflicts) {
      const taken = mergeSnapshots(sides, new Map([[id, "theirs"]]));
      assert.equal(taken.conflicts.find((one) => one.id === id)?.chosen, "theirs");
      assert.ok(taken.changes.some((one) => one.id === id), id);
    }
  });
}

const NAMES = ["a", "b", "c"] as const;
const value = fc.integer({ min: 1, max: 3 });
const some = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.dictionary(fc.constantFrom(...NAMES), arbitrary, { maxKeys: 3 });
const anySnapshot: fc.Arbitrary<Snapshot> = fc.record({
  nodes: some(value),
  groups: some(fc.uniqueArray(fc.constantFrom("p<1", "q"))),
  models: some(value),
  dependencies: fc.uniqueArray(fc.constantFrom("x", "x<2", "y", "z>1"), {
    selector: (item) => item[0],
  }),
  torch: value,
  mine: value,
  files: some(fc.constantFrom("1", "2")),
}).map(({ nodes, groups, models, dependencies, torch, mine, files }) => ({
  tables: {
    project: { dependencies },
    "dependency-groups": groups,
    tool: { comfydock: { nodes, models, torch_backend: torch }, mine: { x: mine } },
  },
  files: new Map(Object.entries(files)),
}));

/** Without the order of requirements, and with what the merged files are. */
function contentOf({ ours, theirs }: MergeSides, outcome: ReturnType<typeof mergeSnapshots>) {
  const files = new Map(ours.files);
  for (const path of outcome.files) {
    const content = theirs.files.get(path);
    if (content === undefined) files.delete(path);
    else files.set(path, content);
  }
  return normal({ tables: outcome.tables, files });
}

function normal({ tables, files }: Snapshot): string {
  const sorted = (item: unknown): unknown => {
    if (Array.isArray(item)) return [...item].sort();
    if (typeof item !== "object" || item === null) return item;
    return Object.entries(item).map(([key, inner]) => [key, sorted(inner)]).sort();
  };
  return JSON.stringify([sorted(tables), [...files].sort()]);
}

Deno.test("a side that changed nothing takes the other as it is, order and all", () => {
  fc.assert(fc.property(anySnapshot, anySnapshot, (base, changed) => {
    for (const [ours, theirs] of [[base, changed], [changed, base]] as const) {
      const outcome = mergeSnapshots({ base, ours, theirs });
      assert.deepEqual(outcome.conflicts, []);
      assert.equal(contentOf({ base, ours, theirs }, outcome), normal(changed));
      assert.ok(sameValue(outcome.tables, changed.tables));
    }
  }));
});

Deno.test("which side is ours matters only in conflicts", () => {
  fc.assert(fc.property(anySnapshot, anySnapshot, anySnapshot, (base, one, other) => {
    const there = { base, ours: one, theirs: other };
    const back = { base, ours: other, theirs: one };
    const [merged, mirrored] = [mergeSnapshots(there), mergeSnapshots(back)];
    assert.deepEqual(
      merged.conflicts.map(({ id }) => id),
      mirrored.conflicts.map(({ id }) => id),
    );
    const decided = mergeSnapshots(there, "ours");
    const again = mergeSnapshots(back, "theirs");
    assert.equal(contentOf(there, decided), contentOf(back, again));
    if (merged.conflicts.length > 0) return;
    assert.equal(contentOf(there, merged), contentOf(back, mirrored));
  }));
});

Deno.test("a merge changes only the lines that come in", () => {
  const base = '# kept\n[project]\nname = "x"\ndependencies = [\n  "a", # why\n  "b<1",\n]\n';
  const sides = {
    base: snapshot(base),
    ours: snapshot(base),
    theirs: snapshot(base.replace('"b<1"', '"b<2"')),
  };
  const { tables } = mergeSnapshots(sides);
  assert.equal(editManifest(base, [() => tables], "test"), base.replace('"b<1"', '"b<2"'));
});
