import assert from "node:assert/strict";
import { join } from "node:path";
import { mapConcurrent } from "../../../src/base/mod.ts";
import {
  applyInit,
  environmentLock,
  listTrash,
  planInit,
  recover,
  undoLast,
  withLocks,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";
import { runChild } from "../support/child.ts";
import { withOutside } from "../support/outside.ts";
import { crashStory, prepareStory, runStory, storyRequest } from "../support/story.ts";
import { readTree } from "../support/tree.ts";
import { withDirectory } from "../support/workspace.ts";

type Tree = Readonly<Record<string, string>>;

interface Scene {
  readonly layout: WorkspaceLayout;
  readonly outside: string;
}

/** A fresh state before, in directories of its own. */
async function scene(directory: string, outsideRoot: string, name: string): Promise<Scene> {
  const root = join(directory, name);
  await applyInit(await planInit({ path: root, now: "2026-01-02T03:04:05.000Z" }));
  const made = { layout: workspaceLayout(root), outside: join(outsideRoot, name) };
  await Deno.mkdir(made.outside);
  await prepareStory(made);
  return made;
}

/** What users see, inside and outside; links lead to directories named alike in every scene. */
async function look({ layout, outside }: Scene): Promise<Tree> {
  const inside = await readTree(layout.environments);
  const entries = [...Object.entries(inside), ...Object.entries(await readTree(outside))];
  return Object.fromEntries(
    entries.map(([path, what]) => [path, what.startsWith("link") ? "link" : what]),
  );
}

async function recoverHere(made: Scene): Promise<void> {
  const { layout } = made;
  const options = { command: "status", timeoutMs: 20_000 };
  await withLocks(layout, [environmentLock("demo")], options, async (locks) => {
    const { pending } = await recover({ ...storyRequest(made), locks });
    assert.deepEqual(pending, []);
  });
}

/** Every content that existed before is still somewhere in the workspace. */
async function assertNothingLost(made: Scene, before: Tree): Promise<void> {
  const everything = Object.values({
    ...await readTree(made.layout.root),
    ...Object.fromEntries(
      Object.entries(await readTree(made.outside)).map(([k, v]) => [`outside/${k}`, v]),
    ),
  }).map(contentOf);
  for (const [path, what] of Object.entries(before)) {
    // The head stands for what lies outside the files; its note holds it.
    if (what.startsWith("file") && !path.endsWith("head.txt")) {
      assert(everything.includes(contentOf(what)), `${path} is lost`);
    }
  }
}

function contentOf(what: string): string {
  return what.replace(/^file \d* /, "");
}

async function assertTidy({ layout }: Scene, name: string): Promise<void> {
  assert.deepEqual(await readTree(layout.journal), {}, `${name}: the journal is empty`);
}

interface States {
  readonly before: Tree;
  readonly after: Tree;
  /** The points of the change, of taking it back, and of its undo. */
  readonly points: readonly string[];
  readonly undoPoints: readonly string[];
}

/** Runs the story without a kill and writes down every point that it passes. */
async function rehearse(directory: string, outsideRoot: string): Promise<States> {
  const made = await scene(directory, outsideRoot, "rehearsal");
  const before = await look(made);
  const points: string[] = [];
  await runStory({ ...made, checkpoints: { reach: (name) => void points.push(name) } });
  const after = await look(made);
  assert.notDeepEqual(after, before);
  const undoPoints: string[] = [];
  const checkpoints = { reach: (name: string) => void undoPoints.push(name) };
  await undoLast({ ...storyRequest(made), checkpoints });
  assert.deepEqual(await look(made), before, "undo gives the state before");
  await undoLast(storyRequest(made));
  assert.deepEqual(await look(made), after, "undo of undo gives the state after");
  return { before, after, points, undoPoints };
}

Deno.test("a change that is killed at any point is whole or undone after the next command", async () => {
  await withDirectory((directory) =>
    withOutside(async (outsideRoot) => {
      const { before, after, points } = await rehearse(directory, outsideRoot);
      assert(points.length > 35, points.join(" "));
      assert.equal(new Set(points).size, points.length);
      const runs = mapConcurrent(points.entries(), async ([index, point]) => {
        const made = await scene(directory, outsideRoot, `run-${index}`);
        const { layout, outside } = made;
        const args = ["run", layout.root, outside];
        const end = await runChild("story_child.ts", args, { COMFYDOCK_KILL_AT: point });
        assert.equal(end.signal, "SIGKILL", `${point}: ${end.text}`);
        await recoverHere(made);
        const committed = points.indexOf("journal:committed") <= index;
        assert.deepEqual(await look(made), committed ? after : before, point);
        assert.equal((await listTrash(layout)).length, committed ? 1 : 0, point);
        await assertNothingLost(made, before);
        await assertTidy(made, point);
      }, { limit: 3 });
      await Array.fromAsync(runs);
    })
  );
});

Deno.test("taking back that is killed at any point is gone on with by the next command", async () => {
  await withDirectory((directory) =>
    withOutside(async (outsideRoot) => {
      const { before, points } = await rehearse(directory, outsideRoot);
      const numbers = points.flatMap((point) => /^journal:record:(\d+)$/.exec(point)?.[1] ?? []);
      const kills = [
        ...numbers.filter((n) => Number(n) % 3 === 0).map((n) => `journal:undone:${n}`),
        ...numbers.filter((n) => points.includes(`journal:replaced:${n}`))
          .map((n) => `journal:undoing:${n}`),
        "journal:returning",
        "journal:discarding",
      ];
      const runs = mapConcurrent(kills.entries(), async ([index, kill]) => {
        const made = await scene(directory, outsideRoot, `back-${index}`);
        const args = [made.layout.root, made.outside];
        await crashStory(made);
        const second = await runChild("story_child.ts", ["recover", ...args], {
          COMFYDOCK_KILL_AT: kill,
        });
        assert.equal(second.signal, "SIGKILL", `${kill}: ${second.text}`);
        await recoverHere(made);
        assert.deepEqual(await look(made), before, kill);
        await assertTidy(made, kill);
      }, { limit: 3 });
      await Array.fromAsync(runs);
    })
  );
});

Deno.test("an undo that is killed at any point is whole or has not happened", async () => {
  await withDirectory((directory) =>
    withOutside(async (outsideRoot) => {
      const { before, after, undoPoints } = await rehearse(directory, outsideRoot);
      const chosen = undoPoints.filter((point, index) => index % 3 === 0 || !/:\d+$/.test(point));
      const runs = mapConcurrent(chosen.entries(), async ([index, kill]) => {
        const made = await scene(directory, outsideRoot, `undo-${index}`);
        await runStory(made);
        const end = await runChild("story_child.ts", ["undo", made.layout.root, made.outside], {
          COMFYDOCK_KILL_AT: kill,
        });
        assert.equal(end.signal, "SIGKILL", `${kill}: ${end.text}`);
        await recoverHere(made);
        const done = undoPoints.indexOf("journal:committed") <= undoPoints.indexOf(kill);
        assert.deepEqual(await look(made), done ? before : after, kill);
        await assertNothingLost(made, before);
        await assertTidy(made, kill);
        await undoLast(storyRequest(made));
        assert.deepEqual(await look(made), done ? after : before, kill);
      }, { limit: 3 });
      await Array.fromAsync(runs);
    })
  );
});
