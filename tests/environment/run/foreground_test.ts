import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { hasPty } from "../../support/pty.ts";
import {
  freePort,
  hasSignals,
  type RunningWorld,
  untilFile,
  untilGone,
  withRunnable,
} from "../../support/running.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

const CTRL_C = "\u0003";
const foreground = () => ["run", "--no-sync", "--port", `${freePort()}`, "--"];

/** Starts a run that is shown, and gathers what it writes. */
function show({ start }: RunningWorld, argv: readonly string[]) {
  const child = start(argv);
  const output = { stdout: "", stderr: "" };
  const gather = async (name: "stdout" | "stderr") => {
    for await (const text of child[name].pipeThrough(new TextDecoderStream())) output[name] += text;
  };
  const ended = Promise.all([gather("stdout"), gather("stderr"), child.stdin.close()])
    .then(() => child.status);
  return { child, output, ended };
}

Deno.test("run ends with ComfyUI's own exit code, shows what it writes and keeps it", async () => {
  await withRunnable(async ({ cli, log }) => {
    for (const code of [0, 3]) {
      const args = ["--say", "said", "--complain", "complained", "--exit", `${code}`];
      const run = await cli([...foreground(), ...args]);
      assert.equal(run.code, code);
      assert.match(run.stdout, /^ready to begin, process \d+\nsaid\n$/);
      assert.match(run.stderr, /^complained\n/);
      assert.equal(run.stderr.includes(`ended with exit code ${code}`), code !== 0, run.stderr);
    }
    const kept = await Deno.readTextFile(log);
    assert.equal(kept.split("complained\n").length, 3, kept);
    assert.match(kept, /comfydock: ComfyUI starts: python main\.py --port \d+ --say said/);
    assert.match(kept, /comfydock: ComfyUI ended with exit code 3\n$/);
  });
});

Deno.test({
  name: "run ends with 128 and the signal's number when one ended ComfyUI",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async ({ cli }) => {
      const { code, stderr } = await cli([...foreground(), "--die", "9"]);
      assert.equal(code, 137);
      assert.match(stderr, /error: ComfyUI of "demo" ended with signal 9\n\nhint: /);
    });
  },
});

Deno.test({
  name: "what ComfyUI started ends with it",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async ({ cli }) => {
      const { stdout } = await cli([...foreground(), "--child", "--exit", "0"]);
      await untilGone(Number(/child (\d+)/.exec(stdout)?.[1]));
    });
  },
});

Deno.test("with --json stdout holds the envelope alone", async () => {
  await withRunnable(async ({ cli }) => {
    const [command, ...rest] = foreground();
    const run = await cli([command!, "--json", ...rest, "--say", "said", "--exit", "4"]);
    await assertPublishedShape(run.json);
    assert.deepEqual([run.code, run.json?.ok, run.json?.error?.code], [4, false, "RUN_FAILED"]);
    assert.equal((run.json?.data as { exit_code: number }).exit_code, 4);
    assert.match(run.stderr, /said/);
  });
});

Deno.test("ComfyUI gets the user's variables as if .venv were activated", async () => {
  await withRunnable(async ({ cli, layout }) => {
    const names = ["VIRTUAL_ENV", "PATH", "PYTHONPATH", "PYTHONSAFEPATH", "CUDA_VISIBLE_DEVICES"];
    const show = names.flatMap((name) => ["--show", name]);
    const { stdout } = await cli([...foreground(), ...show, "--exit", "0"], {
      PYTHONPATH: "/elsewhere",
      PYTHONSAFEPATH: "1",
      VIRTUAL_ENV: "/elsewhere",
      CUDA_VISIBLE_DEVICES: "1",
    });
    const venv = join(layout.environments, "demo", ".venv");
    assert.match(stdout, /^CUDA_VISIBLE_DEVICES=1$/m);
    assert.match(stdout, /^PYTHONPATH=None$/m);
    assert.match(stdout, /^PYTHONSAFEPATH=None$/m);
    assert.ok(stdout.includes(`VIRTUAL_ENV=${venv}\n`), stdout);
    const scripts = join(venv, Deno.build.os === "windows" ? "Scripts" : "bin");
    assert.ok(stdout.includes(`PATH=${scripts}${delimiter}`), stdout);
  });
});

for (const [signal, code] of [["SIGINT", 0], ["SIGTERM", 143], ["SIGHUP", 143]] as const) {
  Deno.test({
    name: `${signal} is passed on, and ComfyUI's exit code after it is comfydock's`,
    ignore: !hasSignals,
    async fn() {
      await withRunnable(async (running) => {
        const { child, output, ended } = show(running, foreground());
        await untilFile(running.log, /listening\n/);
        child.kill(signal);
        assert.equal((await ended).code, code, output.stderr);
        assert.equal(output.stdout.includes("Stopped server"), signal === "SIGINT");
      });
    },
  });
}

Deno.test({
  name: "stop ends a run that is shown elsewhere",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      const { output, ended } = show(running, foreground());
      await untilFile(running.log, /listening\n/);
      assert.match((await running.cli(["stop"])).stdout, /^Stopped ComfyUI of demo \(process \d+/);
      assert.equal((await ended).code, 0, output.stderr);
    });
  },
});

Deno.test({
  name: "a comfydock that is killed takes the ComfyUI that it shows with it",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      const { child, ended } = show(running, foreground());
      const [, pid] = await untilFile(running.log, /process (\d+)[^]*listening\n/);
      child.kill("SIGKILL");
      await ended;
      await untilGone(Number(pid));
      await untilFile(
        running.log,
        /comfydock that showed this run is gone[^]*ended with exit code 0/,
      );
      assert.match((await running.cli(["stop"])).stdout, /does not run; it ended with exit code 0/);
    });
  },
});

Deno.test({
  name: "a keeper that is killed takes ComfyUI with it, too",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      const { ended } = show(running, foreground());
      const [, pid] = await untilFile(running.log, /process (\d+)[^]*listening\n/);
      const [, keeper] = await untilFile(running.stateFile, /"keeper_pid": (\d+)/);
      Deno.kill(Number(keeper), "SIGKILL");
      assert.equal((await ended).code, 137);
      await untilGone(Number(pid));
    });
  },
});

Deno.test({
  name: "Ctrl-C on a terminal asks ComfyUI once, and what is typed reaches it",
  ignore: !hasPty,
  async fn() {
    await withRunnable(async ({ pty, cli }) => {
      const run = await pty([...foreground(), "--ask", "--count"], [
        { expect: "say something:", send: "hello\n" },
        { expect: "listening", send: CTRL_C },
      ]);
      assert.equal(run.code, 0, run.output);
      assert.match(run.output, /heard: hello/);
      assert.match(run.output, /asked 1 times/);
      assert.match((await cli(["stop"])).stdout, /does not run; it ended with exit code 0/);
    });
  },
});

Deno.test({
  name: "a second Ctrl-C returns at once although ComfyUI does not end, which is ended behind",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      const { child, ended } = show(running, [...foreground(), "--deaf"]);
      const [, pid] = await untilFile(running.log, /process (\d+)[^]*listening\n/);
      child.kill("SIGINT");
      await untilFile(running.log, /ignored 2\n/);
      child.kill("SIGINT");
      assert.equal((await child.status).code, 130);
      await untilFile(running.log, /comfydock that showed this run is gone[^]*ignored 15\n/);
      await untilFile(running.stateFile, /"signal": 9/);
      await Promise.all([ended, untilGone(Number(pid))]);
    });
  },
});
