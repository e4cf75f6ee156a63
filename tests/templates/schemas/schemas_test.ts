import { deepEqual, equal, ok } from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readTemplateSchema, SCHEMA_KINDS } from "../../../src/templates/mod.ts";
import { schemaGroup } from "../../../src/cli/templates/schema/definitions.ts";
import { todayFiles } from "../../support/templates/layouts.ts";

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  strictTuples: false,
  allErrors: true,
});

async function faultsOf(kind: string, value: unknown): Promise<readonly string[]> {
  const schema = await readTemplateSchema(kind);
  const validate = ajv.getSchema(String(schema.$id)) ?? ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

const FILES: readonly [kind: string, path: string][] = [
  ["bundles", "bundles.json"],
  ["index", "templates/index.json"],
  ["index", "templates/index.zh.json"],
  ["logos", "templates/index_logo.json"],
  ["manifest", "packages/core/src/demo_core/manifest.json"],
  ["policy", "scripts/data/version_policy.json"],
  ["workflow", "templates/api_a.json"],
];

Deno.test("every kind has a schema, and files of a sound repository fit theirs", async () => {
  for (const { kind } of SCHEMA_KINDS) ok((await readTemplateSchema(kind)).title, kind);
  const files = todayFiles();
  for (const [kind, path] of FILES) {
    deepEqual(await faultsOf(kind, JSON.parse(String(files.get(path)))), [], path);
  }
});

Deno.test("faults do not fit", async () => {
  deepEqual(await faultsOf("bundles", { a: ["x "] }), ["/a/0 pattern"]);
  deepEqual(await faultsOf("config", { templatesDir: "../x" }), ["/templatesDir pattern"]);
  deepEqual(await faultsOf("config", { template: "x" }), [" additionalProperties"]);
  deepEqual(
    await faultsOf("index", [{ moduleName: "a", title: "b", templates: [{ name: "c" }] }]),
    [
      ...["/0/templates/0 required", "/0/templates/0 required", "/0/templates/0 required"],
    ],
  );
  equal((await faultsOf("workflow", { version: 0.4 })).length, 4);
});

Deno.test("the command offers exactly the kinds that there are", () => {
  deepEqual(
    schemaGroup.commands[0]?.arguments?.[0]?.choices,
    SCHEMA_KINDS.map(({ kind }) => kind),
  );
});
