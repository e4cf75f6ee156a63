import { deepEqual, equal, ok } from "node:assert/strict";
import { commands } from "../../src/cli/commands.ts";
import { locate } from "../../src/cli/locate.ts";
import { templateErrors } from "../../src/templates/mod.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { readProjectText } from "../support/project.ts";
import { splitWords } from "../support/words.ts";

const PAGE = "docs/templates.md";
const GUIDES = ["add", "release", "pins", "troubleshooting"]
  .map((name) => `data/templates/guide/${name}.md`);

/** Rows of the tables below a heading, without their heads. */
function rowsBelow(text: string, heading: string): readonly string[] {
  const part = text.slice(text.indexOf(`\n${heading}\n`));
  return part.split("\n").filter((line) => /^\| (?!-|item |story )/.test(line));
}

Deno.test("every item of the guide's lists has a row, and every row says what fulfils it", async () => {
  const rows = rowsBelow(await readProjectText(PAGE), "## The lists of the packaging guide");
  // 33 items of the action plan, 10 scripts and tests, 33 items of the lists behind it, and 7 stories.
  equal(rows.length, 83);
  for (const row of rows) ok((row.split("|")[2] ?? "").trim().length > 10, row);
});

Deno.test("every command that the page and the guides name is one that there is", async () => {
  const named = new Set<string>();
  for (const page of [PAGE, ...GUIDES]) {
    const text = (await readProjectText(page)).replaceAll(/\s*\\?\n\s*/g, " ");
    for (const [, words = ""] of text.matchAll(/`comfydock (templates[^`]*)`/g)) named.add(words);
  }
  ok(named.size > 40);
  for (const words of named) {
    const path = splitWords(words.replace(/ (?:-|--)[a-z].*$/, ""))
      .filter((word) => /^[a-z][a-z-]*$/.test(word));
    const located = locate([...path, "--help"], commands);
    ok(located.kind !== "failure", words);
    if (located.kind === "help") ok(path.length - located.target.path.length <= 1, words);
  }
});

Deno.test("the guide for trouble names only codes that there are", async () => {
  const text = await readProjectText("data/templates/guide/troubleshooting.md");
  for (const [code] of text.matchAll(/\bE_[A-Z_]+\b/g)) ok(code in templateErrors, code);
});

Deno.test("each point and each scenario of the packaging system has a test that names it", async () => {
  const paths = (await Promise.all(
    ["tests/templates", "tests/cli/templates"].map((directory) =>
      filesBelow(directory, "_test.ts")
    ),
  )).flat();
  const texts = (await Promise.all(paths.map(readProjectText))).join("\n");
  const numbers = (pattern: RegExp) =>
    new Set(
      [...texts.matchAll(pattern)].flatMap(([, list = ""]) =>
        (list.match(/\d+/g) ?? []).map(Number)
      ),
    );
  const missing = (found: ReadonlySet<number>, count: number) =>
    Array.from({ length: count }, (_, index) => index + 1).filter((one) => !found.has(one));
  deepEqual(missing(numbers(/\bpoints? ((?:\d+(?:, | and )?)+):/g), 84), []);
  deepEqual(missing(numbers(/\bscenarios? ((?:\d+(?:, | and )?)+)[,:]/g), 21), []);
});
