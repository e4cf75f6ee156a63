import assert from "node:assert/strict";
import { PERMISSIONS } from "../../../src/cli/own_command.ts";
import { projectRoot } from "../../../tasks/run_deno.ts";
import { freePort, hasSignals, untilGone, withRunnable } from "../../support/running.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

interface Data {
  readonly pid: number;
  readonly ready?: boolean;
  readonly port: number;
  readonly stopped: boolean;
  readonly found: string;
  readonly by?: string;
  readonly exit_code?: number;
  readonly lines: readonly string[];
}

const detach = ["run", "--no-sync", "--detach", "--wait", "--timeout", "60", "--json"];

Deno.test("a detached run answers, refuses a second, is logged and stopped", async () => {
  await withRunnable(async ({ cli, addEnvironment }) => {
    const port = `${freePort()}`;
    const dry = await cli([...detach, "--port", port, "--dry-run"]);
    assert.deepEqual([dry.code, (dry.json?.data as Data).pid], [0, undefined]);
    await assertPublishedShape(dry.json);

    const args = ["--say", "https://me:opensesame@example.com/", "--say", "done 10%\rdone 100%"];
    const started = await cli([...detach, "--port", port, "--", ...args]);
    assert.equal(started.code, 0, started.stderr);
    await assertPublishedShape(started.json);
    const { pid, ready } = started.json?.data as Data;
    assert.equal(ready, true);
    assert.equal((await fetch(`http://127.0.0.1:${port}/system_stats`)).status, 200);

    const second = await cli(["run", "--no-sync", "--detach", "--port", "auto"]);
    assert.equal(second.code, 5);
    assert.match(second.stderr, new RegExp(`process ${pid} on port ${port}`));
    assert.match(second.stderr, /hint: Run comfydock stop --env demo/);

    assert.equal((await cli(["run", "--no-sync", "--dry-run", "--port", "auto"])).code, 5);

    await addEnvironment("other");
    const clash = await cli(["run", "--no-sync", "--detach", "--env", "other", "--port", port]);
    assert.equal(clash.code, 5);
    assert.match(clash.stderr, new RegExp(`ComfyUI of "demo" runs there as process ${pid}`));
    assert.match(clash.stderr, /hint: Run it with --port \d+/);

    const logs = await cli(["logs", "--json", "-n", "100"]);
    await assertPublishedShape(logs.json);
    const { lines } = logs.json?.data as Data;
    assert.ok(lines.includes("https://***@example.com/"), logs.stdout);
    assert.ok(lines.includes("done 100%"), logs.stdout);
    assert.equal((await cli(["logs", "-n", "1"])).stdout, "listening\n");

    const stopped = await cli(["stop", "--json"]);
    await assertPublishedShape(stopped.json);
    const data = stopped.json?.data as Data;
    assert.deepEqual([stopped.code, data.stopped, data.found], [0, true, "running"]);
    if (hasSignals) assert.deepEqual([data.by, data.exit_code], ["SIGINT", 0]);
    const again = await cli(["stop"]);
    assert.equal(again.code, 0);
    assert.match(again.stdout, /does not run; it ended with exit code/);
  });
});

Deno.test("a port that another program has is named, with a free one", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    await withRunnable(async ({ cli }) => {
      const { code, stderr } = await cli([...detach, "--port", `${listener.addr.port}`]);
      assert.equal(code, 5);
      const { json } = await cli([...detach, "--", `--port=${listener.addr.port}`]);
      assert.equal(json?.error?.code, "RUN_PORT_IN_USE");
      assert.match(json?.error?.message ?? "", /another program listens there/);
      assert.equal(stderr.includes("RUN_PORT"), false);
    });
  } finally {
    listener.close();
  }
});

Deno.test("a ComfyUI that ends before it answers tells its code and last lines", async () => {
  await withRunnable(async ({ cli }) => {
    const port = ["--port", `${freePort()}`];
    const crash = ["--complain", "No module named torch", "--exit", "3"];
    const { code, stderr } = await cli([...detach.slice(0, -1), ...port, "--", ...crash]);
    assert.equal(code, 3);
    assert.match(stderr, /error: ComfyUI of "demo" ended with exit code 3 before it answered/);
    assert.match(stderr, /cause: the last lines of its log:\n[^]*No module named torch/);
    const zero = await cli([...detach, ...port, "--", "--exit", "0"]);
    assert.deepEqual([zero.code, zero.json?.error?.code], [1, "RUN_FAILED"]);
    await assertPublishedShape(zero.json);
  });
});

Deno.test("a ComfyUI that does not answer in time goes on, and stop ends it all the same", async () => {
  await withRunnable(async ({ cli, stateFile }) => {
    const late = ["run", "--no-sync", "-d", "--wait", "--timeout", "1"];
    const args = ["--port", `${freePort()}`, "--", "--mute", "--deaf", "--child"];
    const { code, stderr } = await cli([...late, ...args]);
    assert.equal(code, 1);
    assert.match(stderr, /has not answered at http:\S+ after 1 s; it goes on as process \d+/);
    assert.match(stderr, /muted/);
    const child = Number(/child (\d+)/.exec((await cli(["logs"])).stdout)?.[1]);
    const stopped = await cli(["stop", "--timeout", "0.3", "--json"]);
    const { by } = stopped.json?.data as Data;
    assert.equal(by, "SIGKILL");
    const { ended, exit_code, signal } = JSON.parse(await Deno.readTextFile(stateFile));
    assert.ok(ended);
    if (hasSignals) {
      assert.deepEqual([exit_code, signal], [137, 9]);
      await untilGone(child);
    }
  });
});

Deno.test("an environment without its Python or its ComfyUI is not run, and says what helps", async () => {
  await withRunnable(async ({ cli, layout }) => {
    const root = `${layout.environments}/demo`;
    await Deno.rename(`${root}/.venv`, `${root}/venv-away`);
    const python = await cli([...detach]);
    assert.deepEqual([python.code, python.json?.error?.code], [3, "RUN_NOT_READY"]);
    assert.match(python.json?.error?.hint ?? "", /comfydock sync --env demo/);
    await Deno.remove(`${root}/ComfyUI/main.py`);
    const comfyui = await cli([...detach]);
    assert.match(comfyui.json?.error?.hint ?? "", /comfydock repair --env demo/);
  });
});

Deno.test("options that mean nothing together, ports that are none and two ports are refused", async () => {
  await withRunnable(async ({ cli }) => {
    for (
      const argv of [
        ["run", "--wait"],
        ["run", "--detach", "--timeout", "5"],
        ["run", "--port", "0"],
        ["run", "--port", "many"],
        ["run", "--port", "1234", "--", "--port", "1235"],
      ]
    ) {
      const { code, stderr } = await cli([...argv]);
      assert.equal(code, 2, `${argv.join(" ")}: ${stderr}`);
      assert.match(stderr, /\nhint: /);
    }
    assert.equal((await cli(["logs"])).code, 4);
  });
});

Deno.test("run, status and stop need no more than the permissions that comfydock asks for", async () => {
  await withRunnable(async ({ layout }) => {
    const comfydock = async (...argv: string[]) => {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", ...PERMISSIONS, "main.ts", "-w", layout.root, "-e", "demo", ...argv],
        cwd: projectRoot,
        // What tells where libraries lie is the user's, and some runtimes are wary of it.
        env: { LD_LIBRARY_PATH: "/nowhere" },
        stdin: "null",
        stdout: "null",
        stderr: "piped",
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
    };
    await comfydock("run", "--no-sync", "-d", "--wait", "--port", `${freePort()}`);
    await comfydock("logs");
    await comfydock("stop");
    await comfydock("run", "--no-sync", "--port", `${freePort()}`, "--", "--exit", "0");
  });
});
