import { deepEqual } from "node:assert/strict";
import { parseToml } from "../../../src/base/mod.ts";
import { isTable } from "../../../src/pyproject/mod.ts";
import { coreMetadata } from "../../../src/templates/wheels/core_metadata.ts";

Deno.test("a line break in a field of the pyproject begins no other field", async () => {
  for (const line of ["\\r", "\\n", "\\r\\n", "\\n\\n"]) {
    const table = parseToml(
      `[project]\ndescription = "a${line}Requires-Dist: evil"\nlicense = { text = "b${line}Name: c" }`,
      "pyproject.toml",
    );
    if (!isTable(table)) throw new Error("no table");
    const text = await coreMetadata({
      ...{ name: "demo", version: "1.0.0", table, module: "demo", source: "src" },
      ...{ moduleFiles: [], besideFiles: [] },
    });
    const fields = text.split(/\r\n|\r|\n/).filter((one) => /^\S/.test(one));
    deepEqual(fields.map((one) => one.split(":")[0]), [
      "Metadata-Version",
      "Name",
      "Version",
      "Summary",
      "License",
    ]);
  }
});
