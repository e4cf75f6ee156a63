import assert from "node:assert/strict";
import { join } from "node:path";
import { readStatus, undoEnvironment } from "../../src/environment/mod.ts";
import { mergeEnvironment } from "../../src/environment/merge/mod.ts";
import {
  fetchEnvironment,
  planPush,
  pullEnvironment,
  pushEnvironment,
} from "../../src/environment/remotes/mod.ts";
import {
  addConstraint,
  removeModel,
  setModel,
  setTrackedWorkflow,
} from "../../src/pyproject/mod.ts";
import { placesOf, textAt } from "../support/tracked_workflows.ts";
import { type Change, commitChange, withTwoClones } from "../support/two_clones.ts";

const model = (key: string, size = 1) =>
  setModel({ key, name: `${key}.safetensors`, size, sources: [], criticality: "optional" });
const workflow = (key: string) =>
  setTrackedWorkflow({
    key,
    file: `workflows/${key}.json`,
    requires: { nodes: [], models: [], python: [] },
  });

Deno.test("two clones push, pull and merge: both end with what each has added, on disk too", async () => {
  await withTwoClones(async ({ fixture, one, other }) => {
    await commitChange(one(), "A model and a workflow", {
      edits: [model("alpha"), workflow("first")],
      files: { "workflows/first.json": "1" },
    });
    await commitChange(other(), "Another", {
      edits: [model("beta"), addConstraint("idna<4")],
      files: { "workflows/notes.txt": "mine" },
    });
    const { commits } = await pushEnvironment(one());
    assert.deepEqual(commits.map(({ subject }) => subject), ["A model and a workflow"]);
    await assert.rejects(pushEnvironment(other()), {
      code: "GIT_PUSH_REJECTED",
      exit: 5,
      hint: /comfydock pull/,
    });
    const seen = () => other().git.resolve(other().environment.cec, "refs/remotes/origin/main");
    const before = await seen();
    const previewed = await fetchEnvironment(other(), {}, { dryRun: true });
    assert.equal(await seen(), before, "a dry run notes nothing");
    const fetched = await fetchEnvironment(other());
    assert.equal(await seen(), previewed.commit);
    assert.deepEqual(previewed.plan, fetched.plan);
    assert.equal(fetched.plan.kind, "merge");
    assert.deepEqual(fetched.plan.changes.map(({ id, change }) => `${change} ${id}`), [
      "added model alpha",
      "added workflow first",
    ]);
    const { commit } = await pullEnvironment(other(), fetched);
    const { git, environment } = other();
    const [merge] = await git.log(environment.cec, { limit: 1 });
    assert.equal(merge!.commit, commit);
    assert.equal(merge!.subject, "Merge origin/main");
    assert.equal(merge!.parents.length, 2);
    assert.deepEqual((await git.status(environment.cec)).entries, []);
    assert.deepEqual((await readStatus(other())).differences.map(({ kind }) => kind), [
      // The text that is no workflow; models that need not be there are no difference.
      "workflow_untracked",
    ]);
    const copy = placesOf({ ...fixture, environment }, "first").copy;
    assert.equal(await textAt(copy), "1", "ComfyUI has the workflow");
    await pushEnvironment(other());
    const back = await fetchEnvironment(one());
    assert.equal(back.plan.kind, "forward");
    await pullEnvironment(one(), back);
    for (const path of ["pyproject.toml", "uv.lock", "workflows/notes.txt"]) {
      assert.equal(
        await textAt(join(one().environment.cec, path)),
        await textAt(join(environment.cec, path)),
        path,
      );
    }
    assert.equal((await fetchEnvironment(one())).plan.kind, "current");
    await undoEnvironment(one(), "demo");
    assert.equal(await textAt(join(one().environment.cec, "workflows/notes.txt")), undefined);
  });
});

interface Conflict {
  readonly subject: string;
  readonly here: Change;
  readonly there: Change;
  /** Where the difference shows, and what it looks like on each side. */
  readonly file: string;
  readonly ours: RegExp | undefined;
  readonly theirs: RegExp | undefined;
}

const conflicts: readonly Conflict[] = [
  {
    subject: "constraint idna",
    here: { edits: [addConstraint("idna<4")] },
    there: { edits: [addConstraint("idna<5")] },
    file: "pyproject.toml",
    ours: /"idna<4"/,
    theirs: /"idna<5"/,
  },
  {
    subject: "file workflows/first.json",
    here: { files: { "workflows/first.json": undefined } },
    there: { files: { "workflows/first.json": "new" } },
    file: "workflows/first.json",
    ours: undefined,
    theirs: /^new$/,
  },
  {
    subject: "model alpha",
    here: { edits: [model("alpha", 2)] },
    there: { edits: [removeModel("alpha")] },
    file: "pyproject.toml",
    ours: /size = 2/,
    theirs: /^(?![^]*size = 2)/,
  },
];

Deno.test("what both sides changed is refused until a side is chosen, and then that side counts", async () => {
  const changeOf = (changes: readonly Change[]): Change => ({
    edits: changes.flatMap(({ edits = [] }) => edits),
    files: Object.assign({}, ...changes.map(({ files }) => files)),
  });
  await withTwoClones(async ({ one, other }) => {
    await commitChange(one(), "Start", {
      edits: [model("alpha", 1)],
      files: { "workflows/first.json": "old" },
    });
    await pushEnvironment(one());
    await pullEnvironment(other(), await fetchEnvironment(other()));
    await commitChange(one(), "There", changeOf(conflicts.map(({ there }) => there)));
    await pushEnvironment(one());
    await commitChange(other(), "Here", changeOf(conflicts.map(({ here }) => here)));
    const { git, environment: { cec } } = other();
    const head = await git.resolve(cec, "HEAD");
    const fetched = await fetchEnvironment(other());
    const subjects = conflicts.map(({ subject }) => subject);
    assert.deepEqual(fetched.plan.conflicts.map(({ id }) => id), subjects);
    const look = async (choice: "ours" | "theirs", subject: string) => {
      const conflict = conflicts.find((one) => one.subject === subject)!;
      const text = await textAt(join(cec, conflict.file));
      const expected = conflict[choice];
      const what = `${subject} as ${choice}: ${text}`;
      if (expected) assert.match(text ?? "", expected, what);
      else assert.equal(text, undefined, what);
    };
    const halfDecided = new Map([[subjects[0]!, "theirs" as const]]);
    for (const choice of [undefined, halfDecided]) {
      await assert.rejects(pullEnvironment(other(), fetched, choice), {
        code: "MERGE_CONFLICT",
        exit: 5,
        hint: /comfydock pull --ours/,
      });
      assert.equal(await git.resolve(cec, "HEAD"), head, "nothing changed");
      for (const subject of subjects) await look("ours", subject);
    }
    const mixed = new Map(subjects.map((subject, at) => [subject, at === 0 ? "ours" : "theirs"]));
    for (const choice of ["ours", mixed as ReadonlyMap<string, "theirs">] as const) {
      await pullEnvironment(other(), fetched, choice);
      for (const subject of subjects) {
        await look(typeof choice === "string" ? choice : choice.get(subject)!, subject);
      }
      await undoEnvironment(other(), "other");
      assert.equal(await git.resolve(cec, "HEAD"), head, "taken back");
      for (const subject of subjects) await look("ours", subject);
    }
  });
});

Deno.test("a forced push overwrites what was seen, and never what others have pushed since", async () => {
  await withTwoClones(async ({ one, other, shared }) => {
    const { git, environment: { cec } } = one();
    await commitChange(one(), "One", { files: { "workflows/a.json": "1" } });
    await pushEnvironment(one());
    await commitChange(other(), "Other", { files: { "workflows/b.json": "2" } });
    await assert.rejects(pushEnvironment(other(), { force: true }), {
      code: "GIT_PUSH_REJECTED",
      exit: 5,
    });
    assert.equal(await git.resolve(shared, "main"), await git.resolve(cec, "HEAD"));
    await fetchEnvironment(other());
    assert.ok((await planPush(other(), { force: true })).force);
    await pushEnvironment(other(), { force: true });
    const { commit } = await planPush(other());
    assert.equal(await git.resolve(shared, "main"), commit);
  });
});

Deno.test("a merge leaves alone what is not committed, and refuses what it would overwrite", async () => {
  await withTwoClones(async ({ one, other }) => {
    await commitChange(one(), "One", { files: { "workflows/a.json": "1" } });
    await pushEnvironment(one());
    const { cec } = other().environment;
    const mine = join(cec, "workflows", "a.json");
    await Deno.writeTextFile(mine, "mine");
    const fetched = await fetchEnvironment(other());
    await assert.rejects(pullEnvironment(other(), fetched), {
      code: "CHANGES_NOT_COMMITTED",
      exit: 5,
    });
    assert.equal(await textAt(mine), "mine");
    await Deno.remove(mine);
    await Deno.writeTextFile(join(cec, "workflows", "b.json"), "mine");
    await pullEnvironment(other(), fetched);
    assert.equal(await textAt(mine), "1");
    assert.equal(await textAt(join(cec, "workflows", "b.json")), "mine");
    await assert.rejects(mergeEnvironment(other(), { revision: "nowhere" }), {
      code: "REVISION_NOT_FOUND",
    });
  });
});
