import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../../support/alone.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import type { CliRun } from "../../support/run_cli.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

const envelope = {
  schema: "comfydock/1",
  ok: true,
  command: "version",
  data: { version: "7.8.9", deno: "1", platform: "x" },
  warnings: [],
  elapsed_ms: 1_500,
};

/** What `summary` makes of a text in a file. */
async function summaryOf(
  text: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  return await withTempDir(async (directory) => {
    const path = join(directory, "result.json");
    await Deno.writeTextFile(path, text);
    return await runInProcess(["summary", path, ...args], { env });
  });
}

Deno.test("summary shows the result of a command as the command itself does, in Markdown and as text", async () => {
  const json = JSON.stringify(envelope);
  const markdown = await summaryOf(`${json}\n`);
  assert.deepEqual([markdown.code, markdown.stderr], [0, ""]);
  assert.equal(
    markdown.stdout,
    "### :white_check_mark: `comfydock version`\n\nDone in 1.5 s\n\n```text\ncomfydock 7.8.9\n```\n\n",
  );
  const text = await summaryOf(json, ["--as", "text"]);
  assert.equal(text.stdout, "comfydock 7.8.9\n");
  const data = await summaryOf(json, ["--json"]);
  await assertPublishedShape(data.json);
});

Deno.test("summary shows errors, hints and warnings, and says in the text that a check found errors", async () => {
  const error = { code: "CHECK_FAILED", message: "It found errors", hint: "Look", details: {} };
  const warnings = [{ code: "OLD", message: "That is old" }];
  const json = JSON.stringify({ ...envelope, ok: false, error, warnings });
  const { stdout } = await summaryOf(json);
  assert.match(stdout, /^### :x: /);
  assert.match(stdout, /^```text\nerror: It found errors\n\nhint: Look\n```$/m);
  assert.match(stdout, /^```text\nwarning: That is old\n```$/m);
  const text = await summaryOf(json, ["--as", "text"]);
  assert.equal(text.stdout, "comfydock 7.8.9\nerror: It found errors\n\nhint: Look\n");
});

Deno.test("summary takes the last line of what was followed, and shows data that no view knows as it is", async () => {
  const { stdout } = await summaryOf(`{"kind":"line"}\n${JSON.stringify(envelope)}\n\n`);
  assert.match(stdout, /^comfydock 7\.8\.9$/m);
  for (const command of ["of the future", "registry validate", "", "registry"]) {
    const other = JSON.stringify({ ...envelope, command, data: { later: [1] } });
    const { code, stdout } = await summaryOf(other);
    assert.equal(code, 0, command);
    assert.match(stdout, /^ {2}"later": \[$/m, command);
  }
});

Deno.test("summary keeps secrets of the variables, markup and endless output out of the page", async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
  const json = JSON.stringify({
    ...envelope,
    command: "not ```markup``` <b>",
    data: { a: "````", password: "the-secret-value", hf: "hf_abcdefgh12345678", lines },
  });
  const { stdout } = await summaryOf(json, [], { CIVITAI_TOKEN: "the-secret-value" });
  assert.doesNotMatch(stdout, /the-secret|hf_abc/);
  const [head = "", ...rest] = stdout.split("\n");
  assert.equal(head, "### :white_check_mark: `comfydock not`");
  assert.equal(rest.filter((line) => line.startsWith("`````")).length, 2);
  assert.match(stdout, /^… and 4\d{3} more lines$/m);
  assert.match(stdout, /<details><summary>Output<\/summary>/);
});

Deno.test("summary refuses what is no result", async () => {
  const texts = ["", "{", "[]", "{}", '{"schema":"comfydock/2"}'];
  for (const text of [...texts, JSON.stringify({ ...envelope, warnings: [1] })]) {
    const { code, stderr } = await summaryOf(text);
    assert.deepEqual(
      [code, /^error: (Cannot read a result|Expected)/.test(stderr)],
      [1, true],
      text,
    );
  }
});
