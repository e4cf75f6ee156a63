import { equal } from "node:assert/strict";
import { compileNamePattern } from "../../src/mappings/mod.ts";

Deno.test("compileNamePattern() takes the patterns that are in use", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    [" \\[Crystools\\]$", "Show any [Crystools]", true],
    ["^DF_", "DF_Add", true],
    ["^DF_", "a DF_Add", false],
    ["^🤖 Leon", "🤖 Leon Save", true],
    ["MiniMax.*BMO|BMO.*MiniMax", "BMO for MiniMax", true],
    ["(^(Prompts|Anything) Everywhere|Simple String)", "Anything Everywhere?", true],
    ["(Gallery-dl|Yt-dlp|Web.*Scraper)", "Web Image Scraper", true],
    ["MiniMaxH3SP.*", "MiniMaxH3SPx", true],
    ["- Ostris$", "LoRA - Ostris", true],
    ["[(]x[)]", "(x)", true],
  ];
  for (const [pattern, name, matches] of cases) {
    equal(compileNamePattern(pattern)?.(name), matches, pattern);
  }
});

Deno.test("compileNamePattern() refuses patterns that could run without end, and what is no pattern", () => {
  const refused = [
    "",
    "(",
    "(a+)+$",
    "(a|a)*b",
    "(?:a*)*b",
    "a*a*a*b",
    "(a*|b)(a*|c)(a*|d)e",
    "a{1,50}a{1,50}a{1,50}b",
    `${"a?".repeat(30)}${"a".repeat(30)}`,
    "(a)\\1",
    "(?=a)b",
    "(?<n>a)\\k<n>",
    "x".repeat(301),
  ];
  for (const pattern of refused) equal(compileNamePattern(pattern), undefined, pattern);
});

Deno.test("compileNamePattern() answers at once for the worst patterns and names it takes", () => {
  const started = performance.now();
  for (const pattern of ["a*a*b", ".*.*x$", "(a*|b)c*d", "a?a?a?a?a?a?a*b", "[a-z]+[a-z]+!"]) {
    equal(compileNamePattern(pattern)?.("a".repeat(200)), false, pattern);
  }
  equal(compileNamePattern("a")?.("a".repeat(201)), false);
  equal(performance.now() - started < 10_000, true);
});
