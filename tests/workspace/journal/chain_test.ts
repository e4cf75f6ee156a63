import assert from "node:assert/strict";
import { join } from "node:path";
import {
  change,
  type CommandChain,
  environmentLayout,
  environmentLock,
  listTrash,
  planUndo,
  recover,
  takeBackSince,
  undoLast,
  withLocks,
  type WorkspaceLayout,
} from "../../../src/workspace/mod.ts";
import { storyRequest } from "../support/story.ts";
import { readTree, writeTree } from "../support/tree.ts";
import { withWorkspace } from "../support/workspace.ts";

const BEFORE = {
  "demo/.cec/pyproject.toml": "old",
  "demo/pack/a.txt": "pack",
  "demo/output/picture.png": "mine",
  "demo/head.txt": "one",
};

function request(layout: WorkspaceLayout, chain?: CommandChain) {
  return { ...storyRequest({ layout, outside: "" }), lockTimeoutMs: 10_000, chain };
}

function newChain(): CommandChain {
  return { command: "workflow import", last: new Map() };
}

/** Changes that stand on one another: the later ones move, rewrite and take away what the earlier ones made. */
function parts(layout: WorkspaceLayout, chain?: CommandChain): readonly (() => Promise<void>)[] {
  const { root, manifest } = environmentLayout(layout, "demo");
  const at = (...names: string[]) => join(root, ...names);
  const head = async (from: string, to: string) => {
    await Deno.writeTextFile(at("head.txt"), to);
    return { head: from };
  };
  return [
    () =>
      change(request(layout, chain), async (transaction) => {
        await transaction.writeFile(manifest, "first");
        await transaction.writeFile(at("workflows", "deep", "new.json"), "workflow");
        await transaction.note("head", { head: "one" });
        await head("one", "two");
        await transaction.trash(at("output"));
      }),
    () =>
      change(request(layout, chain), async (transaction) => {
        await transaction.writeFile(manifest, "second");
        await transaction.move(at("pack"), at("disabled", "pack"));
        await transaction.writeFile(at("disabled", "pack", "a.txt"), "pack, changed");
        await transaction.note("head", { head: "two" });
        await head("two", "three");
      }),
    () =>
      change(request(layout, chain), async (transaction) => {
        await transaction.writeFile(manifest, "third");
        await transaction.move(at("disabled", "pack"), at("pack"));
        await transaction.remove(at("workflows", "deep", "new.json"));
      }),
  ];
}

async function withScene(
  test: (layout: WorkspaceLayout, look: () => Promise<unknown>) => Promise<void>,
) {
  await withWorkspace(async (layout) => {
    await writeTree(layout.environments, BEFORE);
    await test(layout, async () => {
      const tree = Object.entries(await readTree(layout.environments));
      return Object.fromEntries(tree.filter(([, what]) => what.startsWith("file")));
    });
  });
}

async function doAll(layout: WorkspaceLayout, chain: CommandChain): Promise<void> {
  for (const part of parts(layout, chain)) await part();
}

Deno.test("one undo takes back all transactions of a command, one more does all of them again, and so on", async () => {
  await withScene(async (layout, look) => {
    const before = await look();
    await doAll(layout, newChain());
    const after = await look();
    const plan = await planUndo(layout, "demo");
    assert.deepEqual([plan.command, plan.transactions.length], ["workflow import", 3]);
    for (const _ of [1, 2]) {
      assert.equal(
        (await undoLast(request(layout))).command.replace(/^undo of /, ""),
        plan.command,
      );
      assert.deepEqual(await look(), before);
      await undoLast(request(layout));
      assert.deepEqual(await look(), after);
    }
    await parts(layout)[0]!();
    const trash = (await listTrash(layout)).map(({ from }) => from);
    assert.deepEqual(trash, [join(layout.environments, "demo", "output")]);
  });
});

Deno.test("another command lets go of the whole command before it, and only of what came before its own start", async () => {
  await withScene(async (layout) => {
    const chain = newChain();
    const [first, second] = parts(layout, chain);
    await first!();
    const { manifest } = environmentLayout(layout, "demo");
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "between"));
    await second!();
    assert.equal((await planUndo(layout, "demo")).transactions.length, 1);
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(manifest), "between");
  });
});

Deno.test("what a user wrote into a file of the command is kept, however many transactions wrote it", async () => {
  await withScene(async (layout) => {
    await doAll(layout, newChain());
    const { manifest } = environmentLayout(layout, "demo");
    await Deno.writeTextFile(manifest, "by hand");
    const later = new Date(Date.now() + 60_000);
    await Deno.utime(manifest, later, later);
    await undoLast(request(layout));
    assert.equal(await Deno.readTextFile(manifest), "old");
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "next"));
    const trash = await listTrash(layout);
    assert.deepEqual(trash.map(({ from }) => from), [manifest]);
    assert.match(Object.values(await readTree(layout.trash)).join("\n"), /by hand/);
  });
});

Deno.test("a command that takes back its own later part leaves its earlier one to be undone", async () => {
  await withScene(async (layout, look) => {
    const before = await look();
    const chain = newChain();
    const [first, ...others] = parts(layout, chain);
    await first!();
    const since = chain.last.get("demo");
    const midway = await look();
    for (const part of others) await part();
    await takeBackSince(request(layout), chain, since);
    assert.deepEqual(await look(), midway);
    assert.equal((await planUndo(layout, "demo")).transactions.length, 1);
    await undoLast(request(layout));
    assert.deepEqual(await look(), before);
  });
});

Deno.test("a command that takes back all that it did leaves nothing to undo", async () => {
  await withScene(async (layout, look) => {
    const before = await look();
    const chain = newChain();
    await doAll(layout, chain);
    await takeBackSince(request(layout), chain, undefined);
    assert.deepEqual(await look(), before);
    await assert.rejects(planUndo(layout, "demo"), { code: "UNDO_NOTHING" });
  });
});

Deno.test("what another command did since is not taken back with a command's own part", async () => {
  await withScene(async (layout) => {
    const chain = newChain();
    const { manifest } = environmentLayout(layout, "demo");
    await parts(layout, chain)[0]!();
    await change(request(layout), (transaction) => transaction.writeFile(manifest, "between"));
    await assert.rejects(takeBackSince(request(layout), chain, undefined), {
      code: "UNDO_IMPOSSIBLE",
    });
    assert.equal(await Deno.readTextFile(manifest), "between");
  });
});

/** Runs work that dies at a point, then lets the next command go on. */
async function dieAt(
  layout: WorkspaceLayout,
  point: string,
  work: (checkpoints: { reach(name: string): void }) => Promise<unknown>,
): Promise<void> {
  const death = new Error(point);
  let dead = false;
  const reach = (name: string) => {
    dead ||= name === point;
    if (dead) throw death;
  };
  await work({ reach }).catch((error) => assert.equal(error, death));
  assert(dead, `${point} was never reached`);
  const options = { command: "status", timeoutMs: 10_000 };
  await withLocks(layout, [environmentLock("demo")], options, async (locks) => {
    const { pending } = await recover({ ...request(layout), locks });
    assert.deepEqual(pending, []);
  });
}

Deno.test("an undo of several transactions that dies anywhere has happened whole or not at all, and the next goes on", async () => {
  const points: string[] = [];
  await withScene(async (layout) => {
    await doAll(layout, newChain());
    await undoLast({
      ...request(layout),
      checkpoints: { reach: (name) => void points.push(name) },
    });
  });
  const committed = points.indexOf("journal:committed");
  const chosen = [...points.entries()].filter(([at]) => at % 4 === 0 || at >= committed);
  for (const [at, point] of chosen) {
    await withScene(async (layout, look) => {
      const before = await look();
      await doAll(layout, newChain());
      const after = await look();
      await dieAt(layout, point, (checkpoints) => undoLast({ ...request(layout), checkpoints }));
      const [now, then] = at >= committed ? [before, after] : [after, before];
      assert.deepEqual(await look(), now, point);
      await undoLast(request(layout));
      assert.deepEqual(await look(), then, point);
    });
  }
});

Deno.test("a command that dies while its transactions are put together can be undone whole", async () => {
  for (const point of ["journal:committed", "journal:retired", "journal:kept"]) {
    await withScene(async (layout, look) => {
      const before = await look();
      const chain = newChain();
      const [first] = parts(layout, chain);
      await first!();
      const { manifest } = environmentLayout(layout, "demo");
      await dieAt(layout, point, (checkpoints) =>
        change(
          { ...request(layout, chain), checkpoints },
          (transaction) => transaction.writeFile(manifest, "second"),
        ));
      assert.equal((await planUndo(layout, "demo")).transactions.length, 2, point);
      await undoLast(request(layout));
      assert.deepEqual(await look(), before, point);
    });
  }
});
