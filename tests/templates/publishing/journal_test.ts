import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";
import {
  JOURNAL_FILE,
  planRollback,
  type PublishJournal,
  type PublishPlan,
  readJournal,
  startJournal,
  writeJournal,
} from "../../../src/templates/publishing/mod.ts";

const plan: PublishPlan = {
  packages: [
    { id: "core", name: "demo-core", version: "0.3.5", action: "skip", files: [] },
    { id: "media_api", name: "demo-media-api", version: "0.3.6", action: "upload", files: [] },
    { id: "json", name: "demo-json", version: "0.1.1", action: "skip", files: [] },
  ],
  ...{ pins: [], bytes: 0, warnings: [] },
};
const change = (before: string, after: string, path = "pyproject.toml") => ({
  ...{ path, before, after },
});
const begun = startJournal(plan, { dist: "dist", changed: [change("a", "b")] });
const former: PublishJournal = {
  ...begun,
  packages: begun.packages.map((one) => one.id === "core" ? { ...one, state: "done" } : one),
};

async function inDirectory(work: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir({ prefix: "comfydock-journal-" });
  try {
    await work(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("a publication that begins again keeps what an unfinished one uploaded and changed", () => {
  const states = ({ packages }: PublishJournal) =>
    packages.map(({ id, state }) => `${id} ${state}`);
  const again = startJournal(plan, { dist: "dist", changed: [] }, former);
  deepEqual(states(again), ["core done", "media_api pending", "json skipped"]);
  deepEqual(again.changed, [change("a", "b")]);
  const further = [change("b", "c"), change("x", "y", "packages/core/pyproject.toml")];
  deepEqual(startJournal(plan, { dist: "dist", changed: further }, former).changed, [
    change("a", "c"),
    further[1],
  ]);
  const apart = [change("z", "c")];
  deepEqual(startJournal(plan, { dist: "dist", changed: apart }, former).changed, apart);
  const finished = startJournal(plan, { dist: "dist", changed: [] }, { ...former, complete: true });
  deepEqual(states(finished), ["core skipped", "media_api pending", "json skipped"]);
  deepEqual(finished.changed, []);
});

Deno.test("a journal says where its publication goes, and keeps no credentials of an address", async () => {
  await inDirectory(async (root) => {
    const target = {
      publishUrl: "https://someone:pass@example.org/legacy/",
      checkUrl: "https://example.org/simple/",
    };
    await writeJournal(root, startJournal(plan, { dist: "dist", changed: [], ...target }));
    equal((await Deno.readTextFile(join(root, JOURNAL_FILE))).includes("pass"), false);
    const read = await readJournal(root);
    deepEqual([read?.publishUrl, read?.checkUrl], [
      "https://example.org/legacy/",
      "https://example.org/simple/",
    ]);
  });
});

Deno.test("a journal that names files outside of the repository is refused", async () => {
  for (const path of ["../x.toml", "/x.toml", "a/../../x", "C:/x", "a\\..\\x"]) {
    await inDirectory(async (root) => {
      await writeJournal(root, { ...former, changed: [change("a", "b", path)] });
      await rejects(readJournal(root), { code: "E_JOURNAL" });
    });
  }
});

Deno.test("rollback restores what is as the release left it; edited and removed files stay as they are", async () => {
  await inDirectory(async (root) => {
    await Deno.writeTextFile(join(root, "same"), "after");
    await Deno.writeTextFile(join(root, "edited"), "mine");
    await Deno.writeTextFile(join(root, "restored"), "before");
    const changed = ["same", "edited", "restored", "gone"]
      .map((path) => change("before", "after", path));
    const { changes, kept } = await planRollback(root, { ...former, changed });
    deepEqual(changes.map(({ path }) => path), ["same"]);
    deepEqual(kept, ["edited", "gone"]);
  });
});
