import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";
import { applyChanges, textChange, workingFiles } from "../../../src/templates/mod.ts";

/** A directory with a secret, and a repository in it. */
async function inRepository(work: (root: string, top: string) => Promise<void>): Promise<void> {
  const top = await Deno.makeTempDir({ prefix: "comfydock-outside-" });
  try {
    const root = join(top, "repository");
    await Deno.mkdir(root);
    await Deno.writeTextFile(join(top, "secret.json"), "{}");
    await work(root, top);
    equal(await Deno.readTextFile(join(top, "secret.json")), "{}");
    deepEqual([...Deno.readDirSync(top)].length, 2);
  } finally {
    await Deno.remove(top, { recursive: true });
  }
}

const changesTo = (path: string) => [
  ...textChange("first.txt", undefined, "1"),
  ...textChange(path, "{}", "[]"),
];

Deno.test("no change is written, and no file is read, outside of the repository", async () => {
  await inRepository(async (root, top) => {
    const files = workingFiles(root);
    for (const path of ["../secret.json", "a/../../secret.json", join(top, "secret.json")]) {
      equal(await files.read(path), undefined);
      await rejects(applyChanges(root, changesTo(path)), { code: "E_BAD_REPOSITORY" });
    }
    deepEqual(await files.list(".."), []);
    deepEqual(await files.directories(".."), []);
    deepEqual([...Deno.readDirSync(root)], []);
  });
});

Deno.test("links of a repository lead no change out of it; within it they are followed", {
  ignore: Deno.build.os === "windows",
}, async () => {
  await inRepository(async (root, top) => {
    await Deno.mkdir(join(root, "own"));
    await Deno.symlink(top, join(root, "linked"));
    for (const path of ["linked/secret.json", "linked/new/a.json"]) {
      await rejects(applyChanges(root, changesTo(path)), /a link leads out of/);
    }
    await Deno.symlink(join(root, "own"), join(root, "inside"));
    await applyChanges(root, textChange("inside/a.json", undefined, "{}"));
    equal(await Deno.readTextFile(join(root, "own", "a.json")), "{}");
  });
});
