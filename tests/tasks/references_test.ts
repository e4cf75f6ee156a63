import assert from "node:assert/strict";
import { referencePages } from "../../tasks/references/mod.ts";
import { readProjectText } from "../support/project.ts";

Deno.test("the reference pages say what the definitions say", async () => {
  for (const [path, text] of Object.entries(await referencePages())) {
    const stands = await readProjectText(path);
    assert(stands === text, `${path} is not up to date: run \`deno task references\``);
  }
});
