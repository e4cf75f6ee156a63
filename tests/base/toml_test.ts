import { deepEqual, equal, throws } from "node:assert/strict";
import { baseErrors, isKind, parseToml } from "../../src/base/mod.ts";

Deno.test("parseToml() gives tables as objects", () => {
  deepEqual(parseToml('[a]\nb = [1, "x"]\n"c.d" = true', "f.toml"), {
    a: { b: [1, "x"], "c.d": true },
  });
});

Deno.test("parseToml() names the file, the line and the column of a fault", () => {
  throws(() => parseToml("a = 1\nb = = 2", "f.toml"), (error) => {
    if (!isKind(error, baseErrors.DATA_INVALID)) return false;
    equal(/^Cannot read "f\.toml" as TOML at line 2, column \d+: \S/.test(error.message), true);
    equal(error.message.includes("\n"), false);
    deepEqual(error.details.line, 2);
    return true;
  });
});
