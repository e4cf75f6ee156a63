import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { isKind } from "../../src/base/mod.ts";
import {
  buildMappings,
  mappingErrors,
  mappingsText,
  type NodeMappings,
  parseMappings,
  readMappings,
  writeMappings,
} from "../../src/mappings/mod.ts";
import { anyCache } from "../support/cache_packages.ts";
import { MappingsBuilder } from "../support/mappings_builder.ts";

const now = "2026-08-21T00:00:00Z";
const encode = (text: string) => new TextEncoder().encode(text);
const textOf = (mappings: NodeMappings) => [...mappingsText(mappings)].join("");

Deno.test("mappingsText() writes one line for each node and package, sorted by code point, fields in order", () => {
  const mappings = new MappingsBuilder()
    .withPackage("b", { versions: { "1.9.0": {}, "1.10.0": { status: "s", deprecated: true } } })
    .withPackage("a", { tags: ["x"], author: "é", versions: {} })
    .withNode("😀", ["a"])
    .withNode("\uffff", ["b"])
    .withNode("N", ["b", "a"], "80f90a7b")
    .build();
  equal(
    textOf(mappings),
    `{
"schema_version":1,
"version":"2026.08.21",
"generated_at":"2026-08-21T02:00:00Z",
"stats":{"packages":2,"signatures":3,"total_nodes":4,"registry_packages":2,"manager_packages":0},
"mappings":{
"N::80f90a7b":[{"package_id":"b","versions":["1.9.0","1.10.0"],"rank":1},{"package_id":"a","versions":[],"rank":2}],
"\uffff::_":[{"package_id":"b","versions":["1.9.0","1.10.0"],"rank":1}],
"😀::_":[{"package_id":"a","versions":[],"rank":1}]
},
"packages":{
"a":{"display_name":"a","author":"é","repository":"https://github.com/example/a","downloads":100,"github_stars":10,"tags":["x"],"status":"NodeStatusActive","created_at":"2025-03-01T00:00:00Z","versions":{}},
"b":{"display_name":"b","repository":"https://github.com/example/b","downloads":100,"github_stars":10,"status":"NodeStatusActive","created_at":"2025-03-01T00:00:00Z","versions":{"1.10.0":{"deprecated":true,"status":"s"},"1.9.0":{}}}
}
}
`,
  );
});

Deno.test("readMappings() gives back what writeMappings() wrote, and writing that gives the same bytes", async () => {
  const directory = await Deno.makeTempDir();
  await fc.assert(
    fc.asyncProperty(anyCache, async (cache) => {
      const built = await buildMappings(cache, { now });
      for (const name of ["m.json", "m.json.gz", "m.json.zst"]) {
        const path = join(directory, name);
        await writeMappings(path, built);
        const bytes = await Deno.readFile(path);
        const read = await readMappings(path);
        deepEqual(read, built);
        await writeMappings(path, read);
        deepEqual(await Deno.readFile(path), bytes);
      }
    }),
    { numRuns: 15 },
  );
  deepEqual([...Deno.readDirSync(directory)].length, 3);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("parseMappings() reads the seed's file: `|` keys, other order, unknown fields, no schema version", () => {
  const mappings = parseMappings(
    encode(JSON.stringify(
      {
        packages: {
          "author/package-name": { repository: null, later: 1, versions: { "1.0.0": { x: [] } } },
        },
        version: "2024.10.28",
        generated_at: "2024-10-28T12:21:00",
        stats: { packages: 1234, signatures: 5678, total_nodes: 9012 },
        mappings: {
          "a|b|_": [{ rank: 1, versions: ["1.0.0"], package_id: "author/package-name" }],
          "c::00d5d06d": [{ rank: 1, package_id: "author/package-name" }],
        },
      },
      null,
      2,
    )),
    "seed.json",
  );
  deepEqual(mappings.mappings, {
    "a|b::_": [{ package_id: "author/package-name", versions: ["1.0.0"], rank: 1 }],
    "c::00d5d06d": [{ package_id: "author/package-name", versions: [], rank: 1 }],
  });
  deepEqual(mappings.packages, { "author/package-name": { versions: { "1.0.0": {} } } });
  equal(mappings.stats.packages, 1234);
});

Deno.test("parseMappings() names the path of what is wrong, and refuses a newer schema", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["<html>", /valid JSON at \$/],
    ["[]", /an object at \$/],
    ['{"mappings":{"N":[]}}', /\$\.mappings\["N"\]/],
    ['{"mappings":{"N::_":{}}}', /a list at \$\.mappings\["N::_"\]/],
    ['{"mappings":{"N::_":[{"package_id":1}]}}', /\["N::_"\]\[0\]\.package_id/],
    ['{"mappings":{"N::_":[{"package_id":"p","rank":"1"}]}}', /rank/],
    ['{"packages":{"p":{"tags":"x"}}}', /a list at \$\.packages\["p"\]\.tags/],
    ['{"packages":{"p":{"versions":{"1":{"deprecated":0}}}}}', /versions\["1"\]\.deprecated/],
    ['{"stats":{"packages":"x"}}', /\$\.stats\.packages/],
  ];
  for (const [text, says] of cases) {
    throws(() => parseMappings(encode(text), "m.json"), (error) => {
      equal(isKind(error, mappingErrors.MAPPINGS_INVALID), true, text);
      equal(says.test((error as Error).message), true, (error as Error).message);
      return true;
    });
  }
  throws(() => parseMappings(encode('{"schema_version":99}'), "m.json"), (error) => {
    return isKind(error, mappingErrors.MAPPINGS_TOO_NEW) && error.hint !== undefined;
  });
});

Deno.test("writeMappings() leaves the old file and nothing else when it fails", async () => {
  const directory = await Deno.makeTempDir();
  const path = join(directory, "m.json");
  await Deno.writeTextFile(path, "old");
  const broken = { ...new MappingsBuilder().withPackage("p").build(), mappings: { "N::_": 1n } };
  await rejects(writeMappings(path, broken as unknown as NodeMappings));
  equal(await Deno.readTextFile(path), "old");
  equal([...Deno.readDirSync(directory)].length, 1);
  await Deno.remove(directory, { recursive: true });
});
