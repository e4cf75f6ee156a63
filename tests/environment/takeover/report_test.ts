import assert from "node:assert/strict";
import { tellPackages } from "../../../src/environment/takeover/report.ts";

Deno.test("one package is told in the singular, several in the plural", () => {
  const told = (
    packages: Readonly<Record<string, string>>,
    locked: Readonly<Record<string, string>>,
  ) =>
    tellPackages(
      Object.entries(packages).map(([name, version]) => ({ name, version })),
      new Map(Object.entries(locked).map(([name, version]) => [name, [version]])),
    ).map(({ subject, message }) => `${subject} ${message}`);
  assert.deepEqual(told({ same: "1", gone: "1" }, { same: "1", other: "1" }), [
    "1 package keeps its version",
    "1 package is asked for by neither ComfyUI nor a node pack: gone",
    "1 package was not there before: other",
  ]);
  assert.deepEqual(told({ a: "1", b: "1", c: "1", d: "1" }, { a: "1", b: "1", e: "1", f: "1" }), [
    "2 packages keep their versions",
    "2 packages are asked for by neither ComfyUI nor a node pack: c, d",
    "2 packages were not there before: e, f",
  ]);
});
