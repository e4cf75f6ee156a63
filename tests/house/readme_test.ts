import assert from "node:assert/strict";
import { commands } from "../../src/cli/commands.ts";
import { locate } from "../../src/cli/locate.ts";
import { parseCommand } from "../../src/cli/parse.ts";
import { PERMISSIONS } from "../../src/cli/own_command.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { NPM_FILE } from "../../tasks/npm.ts";
import { INSTALL_SCRIPTS } from "../../tasks/release.ts";
import { splitWords } from "../support/words.ts";
import { readProjectText } from "../support/project.ts";
import { shellLines } from "../support/shell_blocks.ts";

const readme = await readProjectText("README.md");
const config = JSON.parse(await readProjectText("deno.json"));

const lines = await shellLines("README.md");

async function assertUnderstood(text: string, words: readonly string[]): Promise<void> {
  const located = locate(words, commands);
  assert(
    located.kind !== "failure",
    `${text}: ${located.kind === "failure" && located.error.message}`,
  );
  if (located.kind === "command") {
    await parseCommand(located.command, located.tokens, located.rest, {});
  }
}

Deno.test("one command of the README runs the demo and one the tests, with the pinned Deno", () => {
  const texts = lines.map(({ text }) => text);
  const npx = texts.filter((text) => text.startsWith("npx "));
  assert.deepEqual(npx.map((text) => text.replace(/@[\d.]+/, "@")), [
    "npx -y deno@ task demo",
    "npx -y deno@ task ok",
  ]);
  const versions = new Set(
    [...readme.matchAll(/\bdeno@([\d.]+)|Deno (\d+\.\d+\.\d+)/gi)].map((m) => m[1] ?? m[2]),
  );
  assert.equal(versions.size, 1, [...versions].join(", "));
});

Deno.test(".ci/run runs the README's test command and nothing else", async () => {
  const script = await readProjectText(".ci/run");
  const pattern = /grep -m 1 -E '(.+)' README\.md/.exec(script)?.[1];
  assert(pattern);
  const found = readme.split("\n").filter((line) => new RegExp(pattern).test(line));
  assert.equal(found.length, 1, found.join("\n"));
  assert.match(script.trimEnd(), /\nexec \$test_command$/);
});

Deno.test("every line of the README's shell blocks is one that works", async () => {
  assert(lines.length > 5);
  for (const { text, words } of lines) {
    const task = /^(?:npx -y deno@[\d.]+|deno) task (\S+)/.exec(text)?.[1];
    if (task) assert(Object.hasOwn(config.tasks, task), text);
    else if (words) await assertUnderstood(text, words);
    else assert(text.startsWith(`deno run ${PERMISSIONS.join(" ")} --allow-import=`), text);
  }
});

Deno.test("every command in the README's table exists", () => {
  const table = readme.slice(readme.indexOf("## Commands"), readme.indexOf("`--help`"));
  let count = 0;
  for (const [, cell = ""] of table.matchAll(/^\| (`comfydock.*?) +\|/gm)) {
    const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    const first = splitWords(names[0] ?? "").slice(1);
    for (const [index, name] of names.entries()) {
      const words = index === 0
        ? first
        : [...first.slice(0, -splitWords(name).length), ...splitWords(name)];
      const located = locate([...words, "--help"], commands);
      assert.equal(located.kind, "help", `${name}: ${words.join(" ")}`);
      assert(located.kind === "help" && located.target.path.join(" ") === words.join(" "), name);
      count++;
    }
  }
  assert(count > 10);
});

Deno.test("every command stands in the README's table", () => {
  const table = readme.slice(readme.indexOf("## Commands"), readme.indexOf("`--help`"));
  const shown = [...commands.commands.filter(({ hidden }) => !hidden), ...commands.groups ?? []];
  const names = shown.map(({ path }) => path.join(" "));
  const missing = names.filter((name) => !new RegExp(`\`(comfydock )?${name}[\` ]`).test(table));
  assert.deepEqual(missing, []);
});

Deno.test("the README names every outside package and nothing that is not used", () => {
  const table = readme.slice(readme.indexOf("| planned"), readme.indexOf("## Licence"));
  const used = table.split("\n").map((row) => row.split("|")[2] ?? "").join(" ");
  for (const name of Object.keys(config.imports)) assert(used.includes(`\`${name}\``), name);
});

Deno.test("the README keeps the note on commercial licensing and invents no contact", () => {
  const licence = readme.slice(readme.indexOf("## Licence"));
  assert.match(licence, /AGPL-3\.0/);
  assert.match(licence, /commercial licensing/i);
  assert.doesNotMatch(licence, /@|https?:/);
});

Deno.test("what pages have people fetch is what a release brings", async () => {
  const brought = ["comfydock.js", "mod.js", NPM_FILE, ...INSTALL_SCRIPTS];
  const named = new Set<string>();
  for (const page of ["README.md", ...await filesBelow("docs", ".md")]) {
    const text = await readProjectText(page);
    for (const [, name = ""] of text.matchAll(/\/releases\/latest\/download\/([\w.-]+)/g)) {
      assert(brought.includes(name), `${page}: ${name}`);
      named.add(name);
    }
  }
  assert(named.has(NPM_FILE) && INSTALL_SCRIPTS.every((name) => named.has(name)));
});
