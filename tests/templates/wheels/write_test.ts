import { deepEqual } from "node:assert/strict";
import { join } from "node:path";
import { parseToml } from "../../../src/base/mod.ts";
import { isTable } from "../../../src/pyproject/mod.ts";
import { coreMetadata } from "../../../src/templates/wheels/core_metadata.ts";
import {
  type Distribution,
  type DistributionFile,
  writeSdist,
  writeWheel,
} from "../../../src/templates/wheels/mod.ts";

function distribution(
  pyproject: string,
  moduleFiles: readonly DistributionFile[] = [],
): Distribution {
  const table = parseToml(pyproject, "pyproject.toml");
  if (!isTable(table)) throw new Error("no table");
  return {
    ...{ name: "demo", version: "1.0.0", table, module: "demo", source: "src" },
    ...{ moduleFiles, besideFiles: [] },
  };
}

Deno.test("a line break in a field of the pyproject begins no other field", async () => {
  for (const line of ["\\r", "\\n", "\\r\\n", "\\n\\n"]) {
    const text = await coreMetadata(distribution(
      `[project]\ndescription = "a${line}Requires-Dist: evil"\nlicense = { text = "b${line}Name: c" }`,
    ));
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

Deno.test("point 68: the order and the times in which files are found change no byte", async () => {
  const directory = await Deno.makeTempDir({ prefix: "comfydock-wheel-" });
  try {
    const files: DistributionFile[] = [];
    for (const name of ["b.py", "a.py", "é.json", "Z.json"]) {
      const place = join(directory, name);
      await Deno.writeTextFile(place, name);
      files.push({ path: `src/demo/${name}`, place });
    }
    const write = async (found: readonly DistributionFile[]) => {
      const one = distribution("[project]", found);
      const written = [await writeWheel(one, { directory }), await writeSdist(one, { directory })];
      return written.map(({ file, sha256 }) => `${file} ${sha256}`);
    };
    const first = await write(files);
    for (const { place } of files) await Deno.utime(place, 1, 1);
    deepEqual(await write(files.toReversed()), first);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
