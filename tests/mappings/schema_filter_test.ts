import { deepEqual, equal, throws } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  applySchema,
  entryFields,
  fullSchema,
  mappingErrors,
  packageFields,
  parseOutputSchema,
  readOutputSchema,
  versionFields,
} from "../../src/mappings/mod.ts";
import { isKind } from "../../src/base/mod.ts";
import { MappingsBuilder } from "../support/mappings_builder.ts";

const shipped = fileURLToPath(new URL("../../config/output_schema.toml", import.meta.url));

Deno.test("The shipped output schema names every field and publishes it", async () => {
  const text = await Deno.readTextFile(shipped);
  for (const field of [...packageFields, ...versionFields, ...entryFields]) {
    equal(text.includes(`\n${field} = true`), true, field);
  }
  deepEqual(await readOutputSchema(shipped), fullSchema);
});

Deno.test("parseOutputSchema() publishes what it does not name", () => {
  const schema = parseOutputSchema("[packages]\nicon = false\ntags = true", "s");
  equal(schema.packages.has("icon"), false);
  equal(schema.packages.has("author"), true);
  deepEqual(parseOutputSchema("", "s"), fullSchema);
});

Deno.test("applySchema() removes the fields that are switched off, and nothing else", () => {
  const mappings = new MappingsBuilder().withPackage("p", { author: "a" }).withNode("N", ["p"])
    .build();
  const schema = parseOutputSchema("[packages]\nauthor=false\n[versions]\nrelease_date=false", "s");
  const { author: _, ...rest } = mappings.packages.p!;
  const { release_date: __, ...version } = rest.versions["1.0.0"]!;
  deepEqual(applySchema(mappings, schema), {
    ...mappings,
    packages: { p: { ...rest, versions: { "1.0.0": version } } },
  });
  equal(applySchema(mappings, fullSchema), mappings);
});

Deno.test("parseOutputSchema() refuses unknown names, needed fields and wrong values", () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ["[package]", /unknown table "package"/],
    ["[packages]\nautor = true", /unknown field "autor" in \[packages\]/],
    ["[mappings]\nrank = false", /readers need "rank" in \[mappings\]/],
    ["[mappings]\npackage_id = false", /readers need/],
    ["[packages]\nversions = false", /readers need/],
    ["[packages]\nrepository = false", /readers need/],
    ["[versions]\nstatus = 1", /neither true nor false/],
    ["packages = 1", /no table/],
    ["[packages", /line 1/],
  ];
  for (const [text, says] of cases) {
    throws(() => parseOutputSchema(text, "schema.toml"), (error) => {
      equal(isKind(error, mappingErrors.OUTPUT_SCHEMA_INVALID), true, text);
      equal(says.test((error as Error).message), true, (error as Error).message);
      return true;
    });
  }
});
