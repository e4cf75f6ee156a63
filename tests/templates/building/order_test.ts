import { deepEqual, throws } from "node:assert/strict";
import { buildLevels } from "../../../src/templates/building/mod.ts";
import type { TemplatePackage } from "../../../src/templates/mod.ts";

/** A package with dependencies on others, by their ids. */
function one(id: string, on: readonly string[] = []): TemplatePackage {
  return {
    id,
    kind: id === "meta" ? "meta" : "other",
    name: `demo-${id}`,
    normalizedName: `demo-${id}`,
    directory: id,
    pyproject: `${id}/pyproject.toml`,
    text: "",
    table: {},
    module: id,
    moduleDirectory: `${id}/src/${id}`,
    version: "1.0.0",
    dependencies: on.map((name, at) => ({
      text: name,
      name: `demo-${name}`,
      specifier: "",
      at: ["project", "dependencies", at],
    })),
    extras: {},
    bundles: [],
    frozen: false,
  };
}

const levelsOf = (...packages: readonly TemplatePackage[]) =>
  buildLevels(packages).map((level) => level.map(({ id }) => id));

Deno.test("point 71: packages come after those they depend on, by name within a level, meta last", () => {
  deepEqual(
    levelsOf(one("meta", ["core"]), one("blueprints", ["core"]), one("json"), one("core")),
    [
      ["core", "json"],
      ["blueprints"],
      ["meta"],
    ],
  );
  deepEqual(levelsOf(one("b", ["c"]), one("a", ["b", "third-party"]), one("c")), [["c"], ["b"], [
    "a",
  ]]);
});

Deno.test("point 71: a cycle is an error that names it", () => {
  throws(() => levelsOf(one("a", ["b"]), one("b", ["c"]), one("c", ["b"])), {
    code: "E_CYCLE",
    message: /demo-b → demo-c → demo-b/,
  });
  throws(() => levelsOf(one("a", ["a"])), /demo-a → demo-a/);
});
