import { equal } from "node:assert/strict";
import fc from "fast-check";
import { findJsonFault } from "../../../src/workflows/json/mod.ts";

const CASES: readonly [text: string, offset: number | undefined][] = [
  ['{"a": [1, 2,]}', 12],
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['{"a": 1 "b": 2}', 8],
  ["[1 2]", 3],
  ["[1}", 2],
  ["[01]", 1],
  ["[NaN]", 1],
  ["['a']", 1],
  ['["a\nb"]', 1],
  ["[1] x", 4],
  ["", 0],
  ["  [", 3],
  ["{a: 1}", 1],
  ["[]", undefined],
  ['\ufeff{"a": {}, "b": [null, -1.5e3]}\n', undefined],
];

for (const [text, offset] of CASES) {
  Deno.test(`what is wrong with ${JSON.stringify(text)} is found where it stands`, () =>
    equal(findJsonFault(text), offset));
}

Deno.test("a text has a fault exactly when JSON.parse refuses it", () => {
  const edits = fc.record({
    at: fc.nat(),
    cut: fc.nat(2),
    put: fc.constantFrom("", ",", "]", "x", '"'),
  });
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), edits, (value, { at, cut, put }) => {
      const text = JSON.stringify(value, null, 1);
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + put + text.slice(place + cut);
      equal(findJsonFault(changed) === undefined, parses(changed), changed);
    }),
    { numRuns: 1000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
