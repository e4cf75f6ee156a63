import { deepEqual, equal, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openDigests, privateDirectory } from "../../../src/templates/digests/mod.ts";
import { openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { checkTemplates, readCheckFacts } from "../../../src/templates/checks/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { tinyPng } from "../../support/templates/pictures.ts";

const LONG_AGO = new Date("2025-01-01T00:00:00Z");

async function put(root: string, name: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  await Deno.writeFile(join(root, name), bytes);
  await Deno.utime(join(root, name), LONG_AGO, LONG_AGO);
}

/** Waits until files that were just written count as settled. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60));
}

Deno.test("point 82: what did not change is not read again, and what changed is", async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(join(root, ".git"));
  await put(root, "a", "first");
  await settle();
  const first = await openDigests(root);
  equal(await first.sha256("a"), createHash("sha256").update("first").digest("hex"));
  await first.save();
  const path = join(root, ".git", "comfydock", "digests.json");
  // A digest that no content has shows whether the file was read.
  const kept = JSON.parse(await Deno.readTextFile(path));
  kept.files.a.sha256 = "kept";
  await Deno.writeTextFile(path, JSON.stringify(kept));
  equal(await (await openDigests(root)).sha256("a"), "kept");
  equal((await (await openDigests(root, { cache: false })).sha256("a")).length, 64);
  await Deno.writeTextFile(join(root, "a"), "other");
  equal((await (await openDigests(root)).sha256("a")).length, 64, "of the same size");
  await Deno.writeTextFile(path, "damaged");
  equal((await (await openDigests(root)).sha256("a")).length, 64);
  await Deno.remove(root, { recursive: true });
});

Deno.test("a file that was written just now is not kept, as it may be written again at once", async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(join(root, ".git"));
  await Deno.writeTextFile(join(root, "a"), "first");
  const digests = await openDigests(root);
  await digests.sha256("a");
  await digests.save();
  const kept = JSON.parse(await Deno.readTextFile(join(root, ".git/comfydock/digests.json")));
  deepEqual(kept.files, {});
  await Deno.remove(root, { recursive: true });
});

Deno.test("files of any size have their digest, size and format; one that is not there has none", async () => {
  const root = await Deno.makeTempDir();
  const large = new Uint8Array(33 * 1024 ** 2);
  large.set(tinyPng("large"));
  await put(root, "large", large);
  const digests = await openDigests(root, { cache: false });
  deepEqual(await digests.facts("large"), {
    stamp: (await digests.facts("large") as unknown as { stamp: string }).stamp,
    size: large.length,
    sha256: createHash("sha256").update(large).digest("hex"),
    format: "png",
  });
  equal(await digests.facts("none"), undefined);
  await rejects(digests.sha256("none"), /does not exist/);
  await Deno.remove(root, { recursive: true });
});

Deno.test("what is known lies under git's directory, also of linked working trees, or among the user's caches", async () => {
  const root = await Deno.makeTempDir();
  equal(await privateDirectory(root), undefined);
  const caches = await privateDirectory(root, { XDG_CACHE_HOME: "/caches" });
  equal(caches?.startsWith(join("/caches", "comfydock", "templates")), true);
  await Deno.writeTextFile(join(root, ".git"), "gitdir: ../elsewhere/worktrees/a\n");
  equal(await privateDirectory(root), join(root, "..", "elsewhere", "worktrees", "a", "comfydock"));
  await Deno.remove(root, { recursive: true });
});

Deno.test("point 82: a check from what is known finds the same as one that reads everything", async () => {
  await using fixture = await templateRepository("today");
  await fixture.write("templates/img_a.json", '{"nodes": 1}');
  await fixture.write("templates/index.json", '[{"moduleName": "a", "title": 5, "templates": []}]');
  await settle();
  const check = async (cache: boolean) => {
    const digests = await openDigests(fixture.root, { cache });
    const facts = await readCheckFacts(await openRepository(workingFiles(fixture.root)), digests);
    await digests.save();
    return checkTemplates(facts);
  };
  const read = await check(false);
  deepEqual(await check(true), read);
  deepEqual(await check(true), read, "recalled");
});
