import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { pythonSearchPath } from "../../../src/tools/mod.ts";

Deno.test("pythonSearchPath() looks behind a version manager's wrappers, the newest Python first", async () => {
  const root = await Deno.makeTempDir();
  try {
    const shims = join(root, "shims");
    const programs = Deno.build.os === "windows" ? [] : ["bin"];
    for (const version of ["3.9.18", "3.12.1", "3.11.7"]) {
      await Deno.mkdir(join(root, "versions", version, ...programs), { recursive: true });
    }
    const path = ["first", shims, "last"].join(delimiter);
    const versions = ["3.12.1", "3.11.7", "3.9.18"].map((version) =>
      join(root, "versions", version, ...programs)
    );
    assert.equal(await pythonSearchPath(path), ["first", ...versions, "last"].join(delimiter));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("pythonSearchPath() leaves a path without wrappers as it is", async () => {
  for (const path of ["", ["a", join("b", "shims"), "c"].join(delimiter)]) {
    assert.equal(await pythonSearchPath(path), path);
  }
});
