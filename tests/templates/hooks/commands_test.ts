import { ok } from "node:assert/strict";
import { commands } from "../../../src/cli/commands.ts";
import { locate } from "../../../src/cli/locate.ts";
import { parseCommand } from "../../../src/cli/parse.ts";
import { readyFiles } from "../../../src/templates/hooks/mod.ts";
import { openRepository, workingFiles } from "../../../src/templates/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { splitWords } from "../../support/words.ts";

Deno.test("every command of comfydock in the files is one that there is", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const repository = await openRepository(workingFiles(fixture.root));
  const files = await readyFiles(repository, { version: "1.2.3", branch: "main" });
  const found = files.flatMap(({ text }) => [
    ...text.matchAll(/(?:^|[ `])comfydock ((?:templates|workflow)[^\n`|>]*)/gm),
  ]).map(([, line = ""]) => line.replace(/"\$@"|\|\| true/g, "").trim());
  ok(found.length > 20);
  for (const line of new Set(found)) {
    const words = splitWords(line);
    const located = locate(words, commands);
    ok(located.kind === "command", line);
    await parseCommand(located.command, located.tokens, located.rest, {});
  }
});
