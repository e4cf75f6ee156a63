import { equal } from "node:assert/strict";
import { lineOfToml, type TomlPath } from "../../src/pyproject/mod.ts";

const TEXT = [
  "# top",
  "[project]",
  'name = "a"',
  "dependencies = [",
  "  # first",
  '  "b==1",',
  '  "c==2", "d==3",',
  "]",
  "",
  "[project.optional-dependencies]",
  'all = ["b==1"]',
  "",
  "[[tool.x]]",
  "y = { z = 1 }",
].join("\n");

const CASES: readonly [TomlPath, number | undefined][] = [
  [["project", "name"], 3],
  [["project", "dependencies"], 4],
  [["project", "dependencies", 0], 6],
  [["project", "dependencies", 2], 7],
  [["project", "optional-dependencies"], 10],
  [["project", "optional-dependencies", "all", 0], 11],
  [["tool", "x", 0, "y", "z"], 14],
  [["project", "version"], undefined],
  [["project", "dependencies", 3], undefined],
];

for (const [path, line] of CASES) {
  Deno.test(`a value of a TOML text has a line: ${path.join(".")}`, () => {
    equal(lineOfToml(TEXT, path, "pyproject.toml"), line);
    equal(lineOfToml(`\ufeff${TEXT.replaceAll("\n", "\r\n")}`, path, "pyproject.toml"), line);
  });
}
