import { deepEqual, equal } from "node:assert/strict";
import { openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { allowsPython, checkPython } from "../../../src/templates/packages/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";

Deno.test("a version of Python is allowed when one of its patch versions is", () => {
  const cases: readonly (readonly [specifier: string, version: string, allowed: boolean])[] = [
    [">=3.9", "3.9", true],
    [">=3.9", "3.8", false],
    [">=3.9", "3.12", true],
    [">=3.9.2", "3.9", true],
    [">3.9", "3.9", false],
    [">3.9.1", "3.9", true],
    [">=3.9,<3.13", "3.13", false],
    [">=3.9,<3.13", "3.12", true],
    ["<=3.12", "3.12", true],
    ["<=3.11", "3.12", false],
    ["<=3.11.4", "3.11", true],
    ["~=3.9", "3.12", true],
    ["~=3.9.1", "3.10", false],
    ["==3.11.*", "3.11", true],
    ["==3.11.*", "3.12", false],
    ["!=3.10.*", "3.10", false],
    ["!=3.10.1", "3.10", true],
    ["", "3.8", true],
    ["nonsense", "3.12", false],
  ];
  for (const [specifier, version, allowed] of cases) {
    equal(allowsPython(specifier, version), allowed, `${version} in ${specifier}`);
  }
});

Deno.test("excluded versions are errors, missing classifiers and differing packages warnings", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const path = "packages/core/pyproject.toml";
  const text = await fixture.read(path);
  const classifiers = 'classifiers = ["Programming Language :: Python :: 3.11"]';
  await fixture.write(
    path,
    text.replace('requires-python = ">=3.9"', `requires-python = ">=3.10"\n${classifiers}`),
  );
  const { packages, meta } = await openRepository(workingFiles(fixture.root));
  const found = checkPython([...packages, meta!], ["3.9", "3.11", "3.12"]);
  deepEqual(found.map(({ code, file, line }) => `${code} ${file}:${line}`), [
    `E_PYTHON_EXCLUDED ${path}:9`,
    `W_CLASSIFIER ${path}:10`,
    `W_PYTHON_DIFFERS ${path}:9`,
  ]);
});
