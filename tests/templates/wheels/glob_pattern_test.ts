import { equal } from "node:assert/strict";
import { globPattern } from "../../../src/templates/wheels/glob_pattern.ts";

Deno.test("patterns fit what Python's glob finds", () => {
  const cases: readonly (readonly [pattern: string, fits: string[], not: string[]])[] = [
    ["templates/*", ["templates/a.json", "templates/"], ["templates/logo/a.png", "a.json"]],
    ["templates/**/*", ["templates/a.json", "templates/logo/deep/a.png"], ["templates.json"]],
    ["**/*.json", ["a.json", "x/y/a.json"], ["a.jsonl"]],
    ["a?c", ["abc", "a𝄞c"], ["ac", "a/c"]],
    ["LICEN[CS]E*", ["LICENSE", "LICENCE.txt"], ["LICENZE", "x/LICENSE"]],
    ["[!a-c]x", ["dx", "^x"], ["ax", "bx"]],
    ["[z-a]", [], ["z", "a"]],
    ["a+(b).txt", ["a+(b).txt"], ["aab.txt"]],
    ["*a*b", ["xaxb", "ab"], ["ba"]],
  ];
  for (const [pattern, fits, not] of cases) {
    const isFit = globPattern(pattern);
    for (const path of fits) equal(isFit(path), true, `${pattern} ${path}`);
    for (const path of not) equal(isFit(path), false, `${pattern} ${path}`);
  }
});

Deno.test("a hostile pattern takes no longer than its length says", () => {
  const path = `${"a".repeat(2_000)}/${"b/".repeat(500)}c`;
  const start = performance.now();
  equal(globPattern(`${"**/".repeat(200)}x`)(path), false);
  equal(globPattern(`${"a*".repeat(200)}x/**`)(path), false);
  equal(performance.now() - start < 5_000, true);
});
