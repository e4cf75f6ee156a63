import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { sampleCommands as root } from "../support/sample_commands.ts";
import { runInProcess, testHost } from "../support/run_in_process.ts";
import { assertEnvelopeShape } from "../support/schemas.ts";
import { runCli } from "../../src/cli/mod.ts";

const run = (...line: string[]) => runInProcess(line, { root });

Deno.test("with --json stdout holds exactly one envelope, whatever happens", async () => {
  const lines = [
    ["globals"],
    ["check"],
    ["partial"],
    ["fail"],
    ["crash"],
    ["confirm"],
    ["--help"],
    ["registry", "--help"],
    ["greet", "--help"],
    ["registry"],
    ["nothing"],
    ["greet", "--nothing"],
    ["greet", "--rate", "x"],
    [],
  ];
  for (const line of lines) {
    const { stdout, json } = await run(...line, "--json");
    equal(stdout.trimEnd().includes("\n"), false, line.join(" "));
    await assertEnvelopeShape(json);
  }
});

Deno.test("the envelope of a success holds command, data, warnings and time", async () => {
  const { json } = await run("work", "--json", "--quiet");
  deepEqual({ ...json, elapsed_ms: 0 }, {
    schema: "comfydock/1",
    ok: true,
    command: "work",
    data: { done: true },
    warnings: [{ code: "ODD", message: "Odd record" }],
    elapsed_ms: 0,
  });
  equal((json?.elapsed_ms ?? 0) >= 300, true);
});

Deno.test("a failure is told to people on stderr: error, indented causes, blank line, hint", async () => {
  const { code, stdout, stderr } = await run("fail");
  equal(code, 1);
  equal(stdout, "");
  equal(
    stderr,
    [
      'error: Cannot read "a]0;b"',
      "  cause: Cannot reach the host",
      "    with ***",
      "  cause: refused by https://***@host.example/x?token=***",
      "",
      "hint: Run `comfydock greet`",
      "",
    ].join("\n"),
  );
});

Deno.test("secrets appear neither in the envelope nor in errors, hints, details or stacks", async () => {
  for (const line of [["fail"], ["fail", "--json"], ["fail", "-vv"], ["fail", "--json", "-vv"]]) {
    const { stdout, stderr } = await run(...line);
    doesNotMatch(stdout + stderr, /pa55word|tell-no-one|token=abc/, line.join(" "));
  }
});

Deno.test("stack traces appear with -vv and never before", async () => {
  for (const line of [["crash"], ["crash", "-v"], ["crash", "--json"]]) {
    doesNotMatch((await run(...line)).stderr, /^ {4}at /m, line.join(" "));
  }
  match((await run("crash", "-vv")).stderr, /TypeError: x is not a function\n {4}at /);
});

Deno.test("a check that found errors shows them and ends with 1", async () => {
  const people = await run("check");
  deepEqual([people.code, people.stdout, people.stderr], [1, "one finding\n", ""]);
  const { code, json } = await run("check", "--json");
  equal(code, 1);
  equal(json?.ok, false);
  equal(json?.error?.code, "CHECK_FAILED");
  deepEqual(json?.data, { findings: ["one"] });
});

Deno.test("partial failure is failure: the code says so, the message names what failed, the data stays", async () => {
  const people = await run("partial");
  equal(people.code, 6);
  equal(people.stdout, "added 4\n");
  match(people.stderr, /^error: Cannot add 1 of 5 nodes: rgthree$/m);
  const { json } = await run("partial", "--json");
  equal(json?.error?.code, "SAMPLE_PARTIAL");
  deepEqual(json?.data, { added: 4 });
  deepEqual(json?.warnings, [{ code: "W", message: "w" }]);
});

Deno.test("a question that nobody can answer ends with 2 and names the flag", async () => {
  for (
    const [command, flag] of [["choose", "--strategy ours"], ["text", "--name"], [
      "confirm",
      "--yes",
    ]]
  ) {
    const { code, json } = await run(command!, "--json");
    equal(code, 2);
    equal(json?.error?.code, "ANSWER_NEEDED");
    match(json?.error?.hint ?? "", new RegExp(flag!));
  }
});

Deno.test("-y confirms, and answers no other question", async () => {
  deepEqual((await run("confirm", "-y", "--json")).json?.data, { answer: true });
  equal((await run("choose", "-y")).code, 2);
});

Deno.test("Ctrl-C aborts the command's signal and ends with 130 after its rollback", async () => {
  const host = testHost();
  let rolledBack = false;
  const ending = runCli(["slow", "--json"], host, {
    path: [],
    brief: "",
    examples: [],
    commands: [{
      path: ["slow"],
      brief: "",
      examples: [],
      load: () =>
        Promise.resolve({
          async run(_input, { signal, clock }) {
            queueMicrotask(host.interrupt);
            try {
              await clock.sleep(60_000, signal);
            } finally {
              await Promise.resolve();
              rolledBack = true;
            }
            return { data: null };
          },
          view: () => [],
        }),
    }],
  });
  equal(await ending, 130);
  equal(rolledBack, true);
  equal(JSON.parse(host.written.stdout).error.code, "INTERRUPTED");
  deepEqual(host.ended, []);
});
