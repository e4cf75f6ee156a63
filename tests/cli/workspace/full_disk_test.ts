import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import {
  applyInit,
  environmentLayout,
  planInit,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { withSmallDisk } from "../../workspace/support/small_disk.ts";
import { exists, MANIFEST, textsBelow } from "./support/workspace.ts";

/** Runs a test with a workspace on a disk of a megabyte, on which the environment `demo` takes more than half. */
async function onSmallDisk(
  work: (
    root: string,
    run: (...argv: string[]) => ReturnType<typeof runInProcess>,
  ) => Promise<void>,
): Promise<void> {
  await withSmallDisk(async (root) => {
    const layout = workspaceLayout(join(root, "ws"));
    await applyInit(await planInit({ path: layout.root, now: "2026-01-02T03:04:05.000Z" }));
    const { cec, manifest } = environmentLayout(layout, "demo");
    await Deno.mkdir(cec, { recursive: true });
    await Deno.writeTextFile(manifest, MANIFEST);
    await Deno.writeTextFile(join(cec, "large.bin"), "x".repeat(600_000));
    const env = { HOME: root, COMFYDOCK_HOME: layout.root };
    await work(root, (...argv) => runInProcess([...argv, "--json"], { env }));
  });
}

Deno.test("a clone that the disk has no room for leaves nothing", async () => {
  await onSmallDisk(async (root, run) => {
    const { environments, journal } = workspaceLayout(join(root, "ws"));
    const before = await textsBelow(environments);
    const { code, json } = await run("clone", "demo", "twin");
    deepEqual([code, json?.error?.code], [1, "DISK_FULL"]);
    deepEqual(await textsBelow(environments), before);
    equal(await exists(join(environments, "twin")), false);
    deepEqual(await Array.fromAsync(Deno.readDir(journal)), []);
  });
});

Deno.test("on a full disk delete, rename and config change nothing, and say why", async () => {
  await onSmallDisk(async (root, run) => {
    const layout = workspaceLayout(join(root, "ws"));
    // Locks are taken before anything is written, so they are to exist already.
    await run("use", "demo");
    const before = await textsBelow(layout.environments);
    const facts = await Deno.readTextFile(layout.workspaceFile);
    await fill(join(root, "filler"));
    for (
      const argv of [
        ["delete", "demo"],
        ["rename", "demo", "other"],
        ["config", "set", "rate", "4"],
      ]
    ) {
      const { code, json } = await run(...argv);
      deepEqual([code, json?.error?.code], [1, "DISK_FULL"], argv.join(" "));
      deepEqual(await textsBelow(layout.environments), before);
      equal(await Deno.readTextFile(layout.workspaceFile), facts);
    }
    equal((await run("list")).code, 0);
    await Deno.remove(join(root, "filler"));
    equal((await run("delete", "demo")).code, 0);
    equal((await run("undo")).code, 0);
    deepEqual(await textsBelow(layout.environments), before);
  });
});

Deno.test("on a full disk what frees room works: the trash is emptied, the cache is cleaned", async () => {
  await onSmallDisk(async (root, run) => {
    const layout = workspaceLayout(join(root, "ws"));
    await run("delete", "demo");
    await run("cache", "prune");
    const kept = join(layout.downloads, "kept.bin");
    await Deno.mkdir(layout.downloads, { recursive: true });
    await Deno.writeTextFile(kept, "x".repeat(100_000));
    await fill(join(root, "filler"));
    for (const argv of [["trash", "empty", "--yes"], ["cache", "clean", "downloads"]]) {
      const { code, json } = await run(...argv);
      equal(code, 0, `${argv.join(" ")}: ${json?.error?.message}`);
      // The next one finds the disk as full as this one did.
      await fill(join(root, `filler-${argv[0]}`));
    }
    equal(await exists(kept), false);
  });
});

async function fill(path: string): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true });
  try {
    for (;;) await file.write(new Uint8Array(512));
  } catch (error) {
    if (!/no space/i.test(String(error))) throw error;
  }
}
