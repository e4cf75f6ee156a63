import assert from "node:assert/strict";
import { findViolations, type Import } from "../../tasks/import_rules.ts";
import { checkImportGraph } from "../../tasks/import_graph.ts";

function edge(from: string, to: string, written = "./x.ts"): Import {
  return { from, to, written };
}

const broken: readonly (readonly [string, readonly Import[], string])[] = [
  [
    "a noun reaches up",
    [edge("src/mappings/build.ts", "src/pipeline/mod.ts")],
    "src/mappings/build.ts imports src/pipeline/mod.ts; mappings may not import pipeline",
  ],
  [
    "the base knows a noun",
    [edge("src/base/files.ts", "src/http/mod.ts")],
    "src/base/files.ts imports src/http/mod.ts; base may not import http",
  ],
  [
    "a noun prints",
    [edge("src/registry/client.ts", "src/output/mod.ts")],
    "src/registry/client.ts imports src/output/mod.ts; registry may not import output",
  ],
  [
    "a room is entered by the window",
    [edge("src/http/client.ts", "src/base/errors.ts")],
    "src/http/client.ts imports src/base/errors.ts; other rooms come in through a mod.ts",
  ],
  [
    "a room nobody planned",
    [edge("main.ts", "src/utils/mod.ts")],
    "src/utils has no line in tasks/import_rules.ts",
  ],
  [
    "shipped code needs a test",
    [edge("src/demo/run.ts", "tests/support/server.ts")],
    "src/demo/run.ts imports tests/support/server.ts; src/ imports only from src/",
  ],
  [
    "an undeclared package",
    [edge("src/http/client.ts", "npm:/got@1.0.0", "npm:got@1")],
    'src/http/client.ts imports "npm:got@1"; outside packages are declared in deno.json',
  ],
  [
    "two rooms share a package",
    [
      edge("src/cli/app.ts", "npm:/semver@7.8.6", "semver"),
      edge("src/mappings/rank.ts", "npm:/semver@7.8.6", "semver/functions/compare.js"),
    ],
    "semver is imported by cli and mappings; one room wraps it",
  ],
  [
    "a cycle",
    [edge("src/base/a.ts", "src/base/b.ts"), edge("src/base/b.ts", "src/base/a.ts")],
    "src/base/a.ts → src/base/b.ts → src/base/a.ts is a cycle",
  ],
];

Deno.test("findViolations() names every kind of import that the house forbids", () => {
  for (const [name, imports, expected] of broken) {
    assert.deepEqual(findViolations(imports, []), [expected], name);
  }
  assert.deepEqual(findViolations([], ["ajv"]), [
    "ajv is declared in deno.json and imported nowhere",
  ]);
});

Deno.test("findViolations() has nothing to say about what the house allows", () => {
  const allowed = [
    edge("main.ts", "src/cli/mod.ts"),
    edge("main.ts", "src/base/version.ts"),
    edge("src/cli/app.ts", "npm:/@stricli/core@1.3.0", "@stricli/core"),
    edge("src/cli/app.ts", "src/output/mod.ts"),
    edge("src/cli/commands.ts", "src/cli/complete.ts"),
    edge("src/cli/complete.ts", "src/cli/commands.ts"),
    edge("src/pipeline/update.ts", "src/mappings/mod.ts"),
    edge("src/pipeline/verify.ts", "src/base/json_stream/mod.ts"),
    edge("src/pipeline/report/page.ts", "src/pipeline/types.ts"),
    edge("src/base/files.ts", "node:path", "node:path"),
    edge("tests/base/files_test.ts", "src/base/files.ts"),
    edge("tests/cli/a_test.ts", "npm:/ajv@8.20.0", "ajv"),
    edge("tests/mappings/a_test.ts", "npm:/ajv@8.20.0", "ajv"),
  ];
  assert.deepEqual(findViolations(allowed, ["ajv", "@stricli/core"]), []);
});

Deno.test("the project's own imports keep every rule", async () => {
  assert.deepEqual(await checkImportGraph(), []);
});
