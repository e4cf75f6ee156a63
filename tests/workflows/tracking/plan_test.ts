import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  judgeWorkflow,
  planSync,
  readIgnoreRules,
  type SyncStrategy,
  type WorkflowFacts,
  workflowFile,
  workflowName,
} from "../../../src/workflows/tracking/mod.ts";

type Sides = Pick<WorkflowFacts, "base" | "kept" | "copy">;

function state(sides: Sides, more: Partial<WorkflowFacts> = {}) {
  return judgeWorkflow({
    name: "a",
    file: "workflows/a.json",
    tracked: true,
    ignored: false,
    ...sides,
    ...more,
  });
}

const CASES: readonly [Sides, string, string?, SyncStrategy?][] = [
  [{ base: "1", kept: "1", copy: "1" }, "synced"],
  [{ base: "1", kept: "2", copy: "2" }, "synced", "record"],
  [{ kept: "1", copy: "1" }, "synced", "record"],
  [{ base: "1", kept: "1", copy: "2" }, "modified", "take"],
  [{ base: "1", kept: "2", copy: "1" }, "edited", "put"],
  [{ base: "1", kept: "1" }, "deleted", "put"],
  [{ base: "1", kept: "2" }, "deleted", "put"],
  [{ base: "1", copy: "2" }, "lost", "take"],
  [{ base: "1" }, "lost"],
  [{ base: "1", kept: "2", copy: "3" }, "conflict"],
  [{ kept: "2", copy: "3" }, "conflict"],
  [{ base: "1", kept: "2", copy: "3" }, "conflict", "put, giving up", "ours"],
  [{ base: "1", kept: "2", copy: "3" }, "conflict", "take, giving up", "theirs"],
  [{ base: "1", kept: "1", copy: "2" }, "modified", "take", "ours"],
];

for (const [sides, change, action, strategy] of CASES) {
  Deno.test(`${JSON.stringify(sides)} is ${change}, and sync ${strategy ?? "alone"} does: ${action ?? "nothing"}`, () => {
    const judged = state(sides);
    equal(judged.change, change);
    const { steps, conflicts } = planSync([judged], strategy);
    const done = steps.map((step) => step.gives_up ? `${step.action}, giving up` : step.action);
    deepEqual(done, action === undefined ? [] : [action]);
    equal(conflicts.length, change === "conflict" && strategy === undefined ? 1 : 0);
  });
}

Deno.test("what nobody tracks is watched, or ignored by rule, and no sync touches it", () => {
  const watched = state({ copy: "1" }, { tracked: false });
  const ignored = state({ copy: "1" }, { tracked: false, ignored: true });
  deepEqual([watched.tracking, watched.change, ignored.tracking], ["watched", "new", "ignored"]);
  deepEqual(planSync([watched, ignored], "theirs"), { steps: [], conflicts: [] });
});

Deno.test("a conflict may be decided for each workflow apart", () => {
  const sides = { base: "1", kept: "2", copy: "3" };
  const states = [state(sides), state(sides, { file: "workflows/b.json" })];
  const { steps, conflicts } = planSync(states, new Map([["workflows/b.json", "theirs"]]));
  deepEqual(steps.map(({ file, action }) => [file, action]), [["workflows/b.json", "take"]]);
  deepEqual(conflicts.map(({ file }) => file), ["workflows/a.json"]);
});

Deno.test("no side is ever lost without being given up by a decision", () => {
  const side = fc.constantFrom(undefined, "1", "2", "3");
  const strategy = fc.constantFrom<(SyncStrategy | undefined)[]>(
    undefined,
    "ours",
    "theirs",
    "both",
  );
  fc.assert(fc.property(side, side, side, strategy, (base, kept, copy, chosen) => {
    const { steps } = planSync([state({ base, kept, copy })], chosen);
    for (const { action, gives_up, beside } of steps) {
      const overwritten = action === "take" ? kept : action === "put" ? copy : undefined;
      const isUnsaved = overwritten !== undefined && overwritten !== base && kept !== copy;
      equal(isUnsaved, gives_up || beside);
      equal(beside, isUnsaved && chosen === "both");
    }
  }));
});

Deno.test("rules are those of .gitignore", async () => {
  const ignored = await readIgnoreRules("# drafts\ndrafts/\n*.tmp.json\n!keep.tmp.json\n");
  deepEqual(
    ["drafts/a.json", "a.tmp.json", "keep.tmp.json", "x/b.tmp.json", "a.json", "../a.json"].map(
      ignored,
    ),
    [true, true, false, true, false, false],
  );
});

Deno.test("a workflow is named without folder and ending, however people write it", () => {
  for (const name of ["sub/a", "sub\\a", "sub/a.json"]) {
    equal(workflowFile(name), "workflows/sub/a.json");
  }
  equal(workflowName("workflows/sub/a.json"), "sub/a");
});
