import assert from "node:assert/strict";
import { parse } from "yaml";
import { commands } from "../../src/cli/commands.ts";
import { locate } from "../../src/cli/locate.ts";
import { parseCommand } from "../../src/cli/parse.ts";
import { readAction } from "../support/composite_action.ts";
import { readProjectText } from "../support/project.ts";
import { shownWorkflows } from "../support/shown_workflows.ts";
import { splitWords } from "../support/words.ts";

const action = await readAction();
const text = await readProjectText("action.yml");
const { steps } = action.runs;

/** The cells of the table that follows a heading. */
async function tableUnder(heading: string): Promise<readonly (readonly string[])[]> {
  const page = await readProjectText("docs/action.md");
  const [table = ""] = page.slice(page.indexOf(`\n## ${heading}\n`)).match(/(?:^\|.*\n)+/m) ?? [];
  return table.trim().split("\n").slice(2)
    .map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
}

Deno.test("docs/action.md tells every input and output as action.yml declares it", async () => {
  assert.deepEqual(
    await tableUnder("Inputs"),
    Object.entries(action.inputs).map(([name, { default: value, description }]) => [
      `\`${name}\``,
      value === "" ? "" : `\`${value}\``,
      description,
    ]),
  );
  assert.deepEqual(
    await tableUnder("Outputs"),
    Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
});

Deno.test("every input is used, and every value that is used exists", async () => {
  const used = [...text.matchAll(/\b(inputs|steps)\.([\w.-]+)/g)].map(([whole]) => whole);
  const known = new Set(Object.keys(action.inputs).map((name) => `inputs.${name}`));
  for (const { id, run = "" } of steps) {
    const [script] = /action\/\w+\.sh/.exec(run) ?? [];
    if (script === undefined) continue;
    const written = (await readProjectText(script)).matchAll(/^ +echo "([\w-]+)=/gm);
    for (const [, name] of written) known.add(`steps.${id}.outputs.${name}`);
  }
  assert.deepEqual(used.filter((name) => !known.has(name)), []);
  assert.deepEqual(
    [...known].filter((name) => name.startsWith("inputs.") && !used.includes(name)),
    [],
  );
});

Deno.test("steps run scripts of the project in bash, and get values through variables only", async () => {
  assert.equal(action.runs.using, "composite");
  for (const { run, shell, uses, env = {} } of steps) {
    if (uses !== undefined) continue;
    assert.equal(shell, "bash");
    const [, script] = /^bash "\$GITHUB_ACTION_PATH\/(action\/\w+\.sh)"$/.exec(run ?? "") ?? [];
    assert(script, run);
    const body = await readProjectText(script);
    assert.match(body, /^#!\/usr\/bin\/env bash\n# [A-Z].*\.\nset -euo pipefail\n/);
    for (const name of Object.keys(env)) {
      assert(body.includes(`$${name}`) || body.includes(`\${${name}`), name);
    }
  }
});

Deno.test("the commands of the recipes are ones that comfydock understands", async () => {
  let count = 0;
  for (const { name, text } of await shownWorkflows()) {
    const { jobs }: {
      jobs: Record<string, { steps: { uses?: string; with?: Record<string, string> }[] }>;
    } = parse(text);
    for (const { uses, with: inputs = {} } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      if (!uses?.startsWith("OWNER/")) continue;
      for (const input of Object.keys(inputs)) assert(Object.hasOwn(action.inputs, input), input);
      for (const line of (inputs.command ?? "").trim().split("\n")) {
        const located = locate(splitWords(line), commands);
        assert.equal(located.kind, "command", `${name}: ${line}`);
        if (located.kind !== "command") continue;
        await parseCommand(located.command, located.tokens, located.rest, {});
        count++;
      }
    }
  }
  assert(count >= 15);
});
