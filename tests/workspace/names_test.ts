import assert from "node:assert/strict";
import { isKind } from "../../src/base/mod.ts";
import {
  checkEnvironmentName,
  checkNewEnvironmentName,
  foldName,
  workspaceErrors,
} from "../../src/workspace/mod.ts";

const refused: readonly (readonly [name: string, why: RegExp])[] = [
  ["", /empty/],
  ["   ", /empty/],
  ["workspace", /itself/],
  ["LOGS", /itself/],
  ["models", /itself/],
  ["Input", /itself/],
  ["output", /itself/],
  [".comfydock", /dot/],
  [".hidden", /dot/],
  ["..", /dot/],
  ["a/b", /separator/],
  ["a\\b", /separator/],
  ["C:", /Windows/],
  ["what?", /Windows/],
  ["con", /device/],
  ["NUL", /device/],
  ["com1", /device/],
  ["aux.old", /device/],
  ["-rf", /option/],
  [" demo", /blank/],
  ["demo ", /blank/],
  ["demo.", /dot/],
  ["de\nmo", /invisible/],
  ["de\u0000mo", /invisible/],
  ["demo\u202e", /invisible/],
  ["a".repeat(65), /longer than 64/],
  ["界".repeat(64), /too long/],
];

for (const [name, why] of refused) {
  const shown = JSON.stringify(name.slice(0, 20)).replaceAll("\u202e", "\\u202e");
  Deno.test(`an environment cannot be named ${shown}`, () => {
    assert.throws(
      () => checkEnvironmentName(name),
      (error) => isKind(error, workspaceErrors.ENVIRONMENT_NAME_INVALID) && why.test(error.message),
    );
  });
}

Deno.test("usual names are taken, also those that are not English", () => {
  for (const name of ["demo", "my-env", "sd_1.5", "Flux 2", "画像", "console", "a"]) {
    checkNewEnvironmentName(name, ["other"]);
  }
});

Deno.test("a name that differs from another only in case or composition is refused", () => {
  for (const [name, existing] of [["Demo", "demo"], ["demo", "demo"], ["e\u0301t\u00e9", "ÉTÉ"]]) {
    assert(name !== undefined && existing !== undefined);
    assert.equal(foldName(name), foldName(existing));
    assert.throws(
      () => checkNewEnvironmentName(name, ["other", existing]),
      (error) => isKind(error, workspaceErrors.ENVIRONMENT_EXISTS),
    );
  }
});
