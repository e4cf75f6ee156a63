import { deepEqual, equal, match } from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { runCli } from "../support/run_cli.ts";
import { assertPublishedShape } from "../support/schemas.ts";

Deno.test("--version, -V and version print the version of deno.json and nothing else", async () => {
  for (const word of ["--version", "-V", "version"]) {
    const { code, stdout, stderr } = await runCli([word]);
    deepEqual([code, stdout, stderr], [0, `comfydock ${project.version}\n`, ""], word);
  }
});

Deno.test("the version is data with --json and with COMFYDOCK_JSON", async () => {
  const runs = await Promise.all([
    runCli(["--version", "--json"]),
    runCli(["version"], { env: { COMFYDOCK_JSON: "1" } }),
  ]);
  for (const { code, stderr, json } of runs) {
    deepEqual([code, stderr, json?.command], [0, "", "version"]);
    await assertPublishedShape(json);
    equal((json?.data as { version: string }).version, project.version);
  }
});

Deno.test("stdout is data, stderr is people, also when the command line is wrong", async () => {
  const people = await runCli(["versoin"]);
  deepEqual([people.code, people.stdout, people.stderr], [
    2,
    "",
    'error: Unknown command "versoin"\n\nhint: Did you mean `comfydock version`?\n',
  ]);
  const programs = await runCli(["version", "--jsn"], { env: { COMFYDOCK_JSON: "true" } });
  equal(programs.code, 2);
  equal(programs.json?.error?.hint, "Did you mean `--json`?");
  await assertPublishedShape(programs.json);
});

Deno.test("help exists on every level and ends with 0", async () => {
  for (const line of [["--help"], ["completion", "--help"]]) {
    const { code, stdout, stderr } = await runCli(line);
    deepEqual([code, stderr], [0, ""]);
    match(stdout, /^Usage: comfydock/m);
    match(stdout, /^Examples:\n( {2}#.*\n)? {2}.*comfydock/m);
  }
});

Deno.test("completion makes a script for each shell, as text and as data", async () => {
  await Promise.all(["bash", "zsh", "fish", "powershell"].map(async (shell) => {
    const [text, data] = await Promise.all([
      runCli(["completion", shell]),
      runCli(["completion", shell, "--json"]),
    ]);
    await assertPublishedShape(data.json);
    equal((data.json?.data as { script: string }).script, text.stdout);
    match(text.stdout, new RegExp(`comfydock complete ${shell} -- `));
  }));
});

Deno.test("completion without or with a strange shell ends with 2 and names the right ones", async () => {
  const none = await runCli(["completion"]);
  equal(none.code, 2);
  match(none.stderr, /SHELL is missing/);
  const strange = await runCli(["completion", "tcsh"]);
  equal(strange.code, 2);
  match(strange.stderr, /expected one of bash, zsh, fish, powershell/);
});

Deno.test("nothing of the machine's own variables is needed", async () => {
  const { code, json } = await runCli(["version", "--json"], { env: { HOME: undefined } });
  equal(code, 0);
  await assertPublishedShape(json);
});
