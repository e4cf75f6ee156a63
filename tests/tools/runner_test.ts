import assert from "node:assert/strict";
import { baseErrors, ComfydockError, isKind } from "../../src/base/mod.ts";
import { command, createRunner, type OutputLine, ProcessError } from "../../src/tools/mod.ts";

const unix = Deno.build.os !== "windows";
const runner = createRunner({ env: Deno.env.toObject(), graceMs: 400 });
const sh = (script: string) => command({ program: "sh", args: ["-c", script] });

async function rejection(work: Promise<unknown>): Promise<ComfydockError> {
  const error = await work.then(() => undefined, (reason) => reason);
  assert.ok(error instanceof ComfydockError, `expected a failure, got ${error}`);
  return error;
}

// A process is gone when its entry is, or when it is a zombie that nobody has collected yet.
async function isAlive(pid: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", `${pid}`] })
    .output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

async function allGone(pids: readonly number[]): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const alive = await Promise.all(pids.map(isAlive));
    if (!alive.includes(true)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

Deno.test("run() gives both outputs, the code, and hands over arguments as they are", async () => {
  const spec = command({
    program: Deno.execPath(),
    args: ["eval", "console.log(Deno.args.join('|')); console.error('aside')", "a b", "$HOME;'\""],
  });
  const { code, stdout, stderr, truncated } = await runner.run(spec);
  assert.deepEqual({ code, stdout, stderr, truncated }, {
    code: 0,
    stdout: "a b|$HOME;'\"\n",
    stderr: "aside\n",
    truncated: false,
  });
});

Deno.test("run() says which program is missing, and that its directory is, when that is so", async () => {
  const absent = await rejection(runner.run(command({ program: "surely-absent-tool", args: [] })));
  assert.equal(absent.code, "TOOL_MISSING");
  assert.equal(absent.exit, 3);
  assert.match(absent.hint ?? "", /surely-absent-tool/);
  const nowhere = await rejection(
    runner.run(command({ program: Deno.execPath(), args: ["-V"], cwd: "/surely/absent" })),
  );
  assert.equal(nowhere.code, "TOOL_FAILED");
  assert.match(nowhere.message, /surely.absent/);
});

Deno.test({
  name: "run() fails with exit code, last lines and command line, without secrets",
  ignore: !unix,
  async fn() {
    const script = "echo 'at https://user:hunter2@example.invalid/x' >&2; exit 9";
    const error = await rejection(runner.run(sh(script)));
    assert.ok(error instanceof ProcessError);
    assert.equal(error.code, "TOOL_FAILED");
    assert.equal(error.exit, 7);
    assert.equal(error.end.code, 9);
    assert.match(error.hint ?? "", /With -v/);
    assert.equal((await rejection(runner.run(sh("exit 9")))).hint, undefined);
    assert.deepEqual(error.details.stderr, ["at https://***@example.invalid/x"]);
    assert.ok(!JSON.stringify([error.message, error.details]).includes("hunter2"));
    assert.equal((await runner.run(sh("exit 1"), { accept: [1] })).code, 1);
  },
});

Deno.test({
  name: "run() drains 50 MB on both pipes, keeps beginning and end, and counts what is left out",
  ignore: !unix,
  async fn() {
    const flood = "(printf first; head -c 50000000 /dev/zero; printf last)";
    const { stdout, stderr, truncated, bytes } = await runner.run(
      sh(`${flood} & ${flood} >&2; wait`),
      { maxOutput: 1_000 },
    );
    assert.ok(truncated);
    for (const text of [stdout, stderr]) {
      assert.ok(text.startsWith("first") && text.endsWith("last"));
      assert.match(text, /… \d+ bytes left out …/);
    }
    assert.ok(bytes.length < 200_000);
  },
});

Deno.test({
  name: "run() gives lines as they come, also those that only return the carriage",
  ignore: !unix,
  async fn() {
    const lines: OutputLine[] = [];
    await runner.run(sh("printf 'a\\n10%%\\r20%%\\r\\n\\nünfinished'; printf 'e' >&2"), {
      onLine: (line) => lines.push(line),
    });
    assert.deepEqual(lines.filter(({ from }) => from === "stdout").map(({ text }) => text), [
      "a",
      "10%",
      "20%",
      "ünfinished",
    ]);
    assert.deepEqual(lines.filter(({ from }) => from === "stderr").map(({ text }) => text), ["e"]);
  },
});

Deno.test("run() sends standard input, and does not mind a program that reads none of it", async () => {
  const echo = "await Deno.stdin.readable.pipeTo(Deno.stdout.writable)";
  const answer = await runner.run(
    command({ program: Deno.execPath(), args: ["eval", echo], stdin: "grüße\n" }),
  );
  assert.equal(answer.stdout, "grüße\n");
  const deaf = command({ program: Deno.execPath(), args: ["-V"], stdin: "x".repeat(2_000_000) });
  assert.equal((await runner.run(deaf)).code, 0);
});

const stubborn = [
  {
    name: "a program that ignores SIGINT and SIGTERM",
    script: "trap '' INT TERM; echo $$; while :; do sleep 1; done",
  },
  {
    name: "grandchildren",
    script: "sleep 300 & echo $!; sh -c 'sleep 300 & echo $!; wait' & echo $!; wait",
  },
  {
    name: "a grandchild without our pipes",
    script:
      "trap '' INT; sh -c \"trap '' INT TERM; exec sleep 300\" >/dev/null 2>&1 </dev/null & echo $!; wait",
  },
];
for (const { name, script } of stubborn) {
  Deno.test({
    name: `run() ends ${name} when it is aborted`,
    ignore: !unix,
    async fn() {
      const pids: number[] = [];
      const abort = new AbortController();
      const expected = name === "grandchildren" ? 3 : 1;
      const error = await rejection(runner.run(sh(script), {
        signal: abort.signal,
        onLine: ({ text }) => {
          pids.push(Number(text));
          if (pids.length === expected) abort.abort();
        },
      }));
      assert.ok(isKind(error, baseErrors.INTERRUPTED));
      assert.equal(pids.length, expected);
      assert.ok(await allGone(pids), `${pids} should be gone`);
    },
  });
}

Deno.test({
  name: "run() asks with SIGINT first, so that a program can tidy up",
  ignore: !unix,
  async fn() {
    const abort = new AbortController();
    const lines: string[] = [];
    await rejection(
      runner.run(sh("trap 'echo tidied; exit' INT; echo ready; while :; do sleep 0.05; done"), {
        signal: abort.signal,
        onLine: ({ text }) => {
          lines.push(text);
          if (text === "ready") abort.abort();
        },
      }),
    );
    assert.deepEqual(lines, ["ready", "tidied"]);
  },
});

Deno.test({
  name: "run() gives up on silence, not on a program that keeps talking",
  ignore: !unix,
  async fn() {
    const silent = await rejection(runner.run(sh("echo begun; sleep 60"), { inactivityMs: 300 }));
    assert.ok(silent instanceof ProcessError);
    assert.equal(silent.code, "TOOL_TIMEOUT");
    assert.equal(silent.end.stdout, "begun\n");
    const mute = await rejection(runner.run(sh("sleep 60"), { inactivityMs: 300 }));
    assert.equal(mute.code, "TOOL_TIMEOUT");
    const talking = sh("for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.2; done");
    assert.equal((await runner.run(talking, { inactivityMs: 1_500 })).code, 0);
    const slow = await rejection(runner.run(talking, { timeoutMs: 300 }));
    assert.equal(slow.code, "TOOL_TIMEOUT");
  },
});

Deno.test({
  name: "run() does not wait for a helper that a finished program leaves behind",
  ignore: !unix,
  async fn() {
    const { stdout, elapsedMs } = await runner.run(sh("sleep 60 & echo $!"));
    assert.ok(elapsedMs < 30_000);
    Deno.kill(Number(stdout), "SIGKILL");
  },
});

Deno.test("run() does not start when its signal was aborted before", async () => {
  const error = await rejection(
    runner.run(command({ program: "surely-absent-tool", args: [] }), {
      signal: AbortSignal.abort(),
    }),
  );
  assert.ok(isKind(error, baseErrors.INTERRUPTED));
});
