import { deepEqual, equal, match } from "node:assert/strict";
import { pythonProgram } from "../support/python_program.ts";
import { environmentOf, programOf, runCli } from "../support/run_cli.ts";

const program = "tests/support/sample_main.ts";
const hasShell = Deno.build.os !== "windows";
const hasFullDevice = await Deno.stat("/dev/full").then(() => true, () => false);

/** Runs a line of shell in which `"$@"` is the program. */
async function shell(line: string, argv: readonly string[]) {
  const home = await Deno.makeTempDir({ prefix: "comfydock-home-" });
  try {
    const { code, stdout, stderr } = await new Deno.Command("bash", {
      args: ["-c", line, "bash", ...programOf({ program }), ...argv],
      clearEnv: true,
      env: environmentOf(home),
      cwd: home,
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test({
  name: "a reader that has seen enough ends the output quietly",
  ignore: !hasShell,
  async fn() {
    const line = '"$@" | head -n 2; echo "code ${PIPESTATUS[0]}"';
    const { stdout, stderr } = await shell(line, ["flood"]);
    deepEqual([stdout, stderr], ["line 0\nline 1\ncode 0\n", ""]);
  },
});

Deno.test({
  name: "a full disk behind stdout is an error, not silence",
  ignore: !hasFullDevice,
  async fn() {
    for (const argv of [["flood"], ["globals", "--json"]]) {
      const { code, stderr } = await shell('"$@" > /dev/full', argv);
      equal(code, 1);
      match(stderr, /^error: Cannot write "standard output": the disk is full/);
    }
    const { code } = await shell('"$@" 2> /dev/full', ["crash"]);
    equal(code, 1);
  },
});

Deno.test({
  name: "a pipe that does not block receives all of a large output",
  ignore: !hasShell,
  async fn() {
    const reader = [
      "import os, sys, time, fcntl",
      "flags = fcntl.fcntl(0, fcntl.F_GETFL)",
      "time.sleep(0.3)",
      "data = sys.stdin.buffer.read()",
      "print(len(data.splitlines()))",
    ].join("\n");
    const writer = [
      "import os, sys, fcntl",
      "fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_NONBLOCK)",
      "os.execvp(sys.argv[1], sys.argv[1:])",
    ].join("\n");
    const python = await pythonProgram();
    const line = `'${python}' -c '${writer}' "$@" | '${python}' -c '${reader}'`;
    const { stdout, stderr } = await shell(line, ["flood"]);
    deepEqual([stdout, stderr], ["200000\n", ""]);
  },
});

Deno.test("without a terminal each phase is one line on stderr, and data alone is on stdout", async () => {
  const { stdout, stderr } = await runCli(["work"], { program });
  equal(stdout, '{"done":true}\n');
  match(stderr, /^warning: Odd record\nReading: read 10 records in [\d.]+ m?s\n$/);
});

Deno.test("--progress json writes one event a line on stderr", async () => {
  const { stdout, stderr } = await runCli(["work", "--progress", "json", "-v"], { program });
  equal(stdout, '{"done":true}\n');
  const events = stderr.trimEnd().split("\n").map((line) => JSON.parse(line));
  const kinds = new Set(events.map(({ kind }) => kind));
  deepEqual(kinds, new Set(["started", "advanced", "warned", "logged", "finished"]));
  const steps = events.filter(({ kind }) => kind === "advanced").map(({ by }) => by);
  equal(steps.reduce((sum, by) => sum + by, 0), 10);
  equal(events.every(({ time }) => Number.isInteger(time)), true);
});

Deno.test("--no-progress and -q show no progress", async () => {
  equal((await runCli(["work", "--no-progress"], { program })).stderr, "warning: Odd record\n");
  equal((await runCli(["work", "-q"], { program })).stderr, "");
});
