import { equal } from "node:assert/strict";
import { invalidData } from "../../src/base/mod.ts";

const CASES: readonly (readonly [unknown, string])[] = [
  [undefined, "nothing"],
  [null, "null"],
  [[1], "a list"],
  [{}, "an object"],
  [7, "number 7"],
  [true, "boolean true"],
  ["word", 'the text "word"'],
  ["x".repeat(50), `the text "${"x".repeat(40)}…"`],
];

Deno.test("what has the wrong shape is told with its place, and in few words", () => {
  for (const [value, found] of CASES) {
    equal(invalidData("$.a", "a date", value).message, `Expected a date at $.a, found ${found}`);
  }
});
