import assert from "node:assert/strict";
import { readProjectText } from "../support/project.ts";

const workflow = await readProjectText(".github/workflows/ci.yml");

Deno.test("the workflow pins every action to a full commit and says which release that is", () => {
  const uses = [...workflow.matchAll(/^\s*(?:- )?uses:\s*(.+)$/gm)].map(([, value]) => value ?? "");
  assert(uses.length > 0);
  for (const value of uses) {
    assert.match(value, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, value);
  }
});

Deno.test("the workflow runs what a machine here runs, on three systems, with no rights and an end", () => {
  for (const system of ["ubuntu", "macos", "windows"]) {
    assert.match(workflow, new RegExp(`os: \\[.*${system}-latest`));
  }
  assert.match(workflow, /^ {6}- run: bash \.ci\/run$/m);
  assert.match(workflow, /^permissions:\n {2}contents: read\n\n/m);
  assert.match(workflow, /^ {4}timeout-minutes: \d+$/m);
  assert.match(workflow, /^concurrency:$/m);
  assert.match(workflow, /persist-credentials: false/);
});
