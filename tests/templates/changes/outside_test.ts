import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";
import { applyChanges, textChange, workingFiles } from "../../../src/templates/mod.ts";

Deno.test("no change is written, and no file is read, outside of the repository", async () => {
  const top = await Deno.makeTempDir({ prefix: "comfydock-outside-" });
  try {
    const root = join(top, "repository");
    await Deno.mkdir(root);
    await Deno.writeTextFile(join(top, "secret.json"), "{}");
    const files = workingFiles(root);
    for (const path of ["../secret.json", "a/../../secret.json", join(top, "secret.json")]) {
      equal(await files.read(path), undefined);
      const changes = [...textChange("first.txt", undefined, "1"), ...textChange(path, "{}", "[]")];
      await rejects(applyChanges(root, changes), { code: "E_BAD_REPOSITORY" });
    }
    deepEqual(await files.list(".."), []);
    deepEqual(await files.directories(".."), []);
    equal(await Deno.readTextFile(join(top, "secret.json")), "{}");
    deepEqual([...Deno.readDirSync(root)], []);
  } finally {
    await Deno.remove(top, { recursive: true });
  }
});
