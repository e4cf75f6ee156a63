import assert from "node:assert/strict";
import { join } from "node:path";
import {
  change,
  environmentLayout,
  environmentLock,
  forgetPending,
  type NoteHandlers,
  recover,
  refusePending,
  withLocks,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { crashStory, prepareStory, storyRequest } from "../support/story.ts";
import { readTree } from "../support/tree.ts";
import { withOutside } from "../support/outside.ts";
import { withWorkspace } from "../support/workspace.ts";

const options = { command: "status", timeoutMs: 10_000 };
const demo = environmentLock("demo");

async function withCrash(
  work: (layout: WorkspaceLayout, before: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  await withWorkspace((layout) =>
    withOutside(async (outside) => {
      await prepareStory({ layout, outside });
      const before = await readTree(layout.environments);
      await crashStory({ layout, outside });
      await work(layout, before);
    })
  );
}

async function recoverWith(layout: WorkspaceLayout, locks: string[], handlers: NoteHandlers) {
  return await withLocks(
    layout,
    locks,
    options,
    (held) => recover({ ...storyRequest({ layout, outside: "" }), handlers, locks: held }),
  );
}

Deno.test("a state outside the files that cannot be brought back stays pending, and blocks changes", async () => {
  await withCrash(async (layout, before) => {
    const { root, manifest } = environmentLayout(layout, "demo");
    const handlers: NoteHandlers = {
      head: {
        capture: (data) => Promise.resolve(data),
        restore: () => Promise.reject(new Error("No git")),
      },
    };
    const report = await recoverWith(layout, [demo], handlers);
    assert.deepEqual(report.undone, []);
    assert.deepEqual(report.pending.map(({ kind, data }) => [kind, data]), [
      ["head", { head: "old head" }],
    ]);
    assert.throws(() => refusePending(report), /No git/);
    const request = { ...storyRequest({ layout, outside: "" }), handlers };
    await assert.rejects(
      change(request, (transaction) => transaction.writeFile(manifest, "x")),
      { code: "JOURNAL_PENDING" },
    );
    // The files are back already, and the next try that can, ends it.
    await Deno.writeTextFile(join(root, "head.txt"), "whatever");
    const last = await recoverWith(layout, [demo], storyRequest({ layout, outside: "" }).handlers);
    assert.equal(last.undone.length, 1);
    assert.deepEqual(await readTree(layout.environments), before);
    assert.deepEqual(await readTree(layout.journal), {});
  });
});

Deno.test("forgetPending() ends a transaction whose state was brought about by other means", async () => {
  await withCrash(async (layout) => {
    const { pending } = await recoverWith(layout, [demo], {});
    await withLocks(
      layout,
      [demo],
      options,
      (locks) => forgetPending({ layout, locks, handlers: {} }, pending[0]!.transaction),
    );
    assert.deepEqual(await readTree(layout.journal), {});
  });
});

Deno.test("a cut-off change of another environment is taken back when its lock is free, else left to the holder", async () => {
  await withCrash(async (layout, before) => {
    const { handlers } = storyRequest({ layout, outside: "" });
    await withLocks(layout, [demo], options, async () => {
      const report = await recoverWith(layout, [environmentLock("other")], handlers);
      assert.deepEqual(report, { undone: [], finished: [], pending: [] });
    });
    const report = await recoverWith(layout, [environmentLock("other")], handlers);
    assert.deepEqual(report.undone.map(({ scope, command }) => [scope, command]), [
      ["demo", "node add"],
    ]);
    assert.deepEqual(await readTree(layout.environments), before);
  });
});

Deno.test("a last line that was cut off counts as not written", async () => {
  await withCrash(async (layout, before) => {
    await editJournal(layout, (text) => text + '{"undone":0,"op":"remove","n":16,"tar');
    await recoverWith(layout, [demo], storyRequest({ layout, outside: "" }).handlers);
    assert.deepEqual(await readTree(layout.environments), before);
  });
});

Deno.test("a journal that is damaged or newer is refused by its name, and nothing is touched", async () => {
  await withCrash(async (layout) => {
    const whole = await readTree(layout.root, [".metadata/locks"]);
    const edits: readonly ((text: string) => string)[] = [
      (text) => text.replace('"op":"replace"', '"op":"explode"'),
      (text) => text.replace("\n", "\nnonsense\n"),
      (text) => text.replace('"schema":1', '"schema":2'),
    ];
    for (const edit of edits) {
      const undo = await editJournal(layout, edit);
      await assert.rejects(recoverWith(layout, [demo], {}), { code: "JOURNAL_DAMAGED" });
      await undo();
      assert.deepEqual(await readTree(layout.root, [".metadata/locks"]), whole);
    }
  });
});

async function editJournal(layout: WorkspaceLayout, edit: (text: string) => string) {
  const [name] = Object.keys(await readTree(layout.journal)).filter((path) => /jsonl$/.test(path));
  const path = join(layout.journal, name!);
  const text = await Deno.readTextFile(path);
  assert.notEqual(edit(text), text);
  await Deno.writeTextFile(path, edit(text));
  return () => Deno.writeTextFile(path, text);
}
