import { deepEqual } from "node:assert/strict";
import { checkPyprojects } from "../../../src/templates/packages/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { sideOf } from "../../support/templates/synced.ts";

const PATH = "packages/media_api/pyproject.toml";

/** The codes and places that a changed pyproject leads to. */
async function faults(edit: (text: string) => string): Promise<readonly string[]> {
  await using fixture = await templateRepository("seed", { git: false });
  await fixture.write(PATH, edit(await fixture.read(PATH)));
  const { repository: { packages }, contents } = await sideOf(fixture);
  return checkPyprojects(packages, contents).map(({ code, line }) => `${code}:${line ?? "?"}`);
}

Deno.test("what the fixtures have is right", async () => {
  for (const layout of ["seed", "today"] as const) {
    await using fixture = await templateRepository(layout, { git: false });
    const { repository: { packages, meta }, contents } = await sideOf(fixture);
    deepEqual(checkPyprojects([...packages, meta!], contents).map(({ message }) => message), []);
  }
});

Deno.test("each fault of a pyproject is told with its line", async () => {
  const cases:
    readonly (readonly [name: string, edit: (text: string) => string, wanted: string[]])[] = [
      ["version", (text) => text.replace("0.3.5", "0.3.05"), ["E_BAD_VERSION:7"]],
      ["requires-python", (text) => text.replace(/requires-python.*\n/, ""), ["E_BAD_PROJECT:5"]],
      ["build system", (text) => text.replace(/requires = .*\n/, ""), ["E_BAD_PROJECT:1"]],
      ["unknown key", (text) => text.replace("license =", "licence ="), ["E_UNKNOWN_KEY:10"]],
      ["another name", (text) => text.replace('"demo-media-api"', '"demo-other"'), [
        "W_NAME_MISMATCH:6",
        "W_NAME_MISMATCH:6",
      ]],
      ["idle pattern", (text) => text.replace('["templates/*"]', '["templates/*", "*.txt"]'), [
        "W_PACKAGE_DATA:16",
      ]],
      ["uncovered files", (text) => text.replace('["templates/*"]', '["templates/*.webp"]'), [
        "E_PACKAGE_DATA:15",
        "E_PACKAGE_DATA:15",
      ]],
    ];
  for (const [name, edit, wanted] of cases) deepEqual(await faults(edit), wanted, name);
});
