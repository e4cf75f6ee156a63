import assert from "node:assert/strict";
import { createRunner, readProcessMark, signalGroup } from "../../src/tools/mod.ts";
import { pythonProgram } from "../support/python_program.ts";

const runner = createRunner({ env: Deno.env.toObject() });
const ignore = Deno.build.os === "windows";

async function startSleeper(): Promise<Deno.ChildProcess> {
  const args = ["-c", "import time; print(flush=True); time.sleep(600)"];
  const child = new Deno.Command(await pythonProgram(), { args, stdout: "piped", detached: true })
    .spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  return child;
}

Deno.test("readProcessMark() stays the same while a process lives, and is nothing when it has ended", async () => {
  const child = await startSleeper();
  const mark = await readProcessMark(child.pid, runner);
  assert.ok(mark);
  assert.equal(await readProcessMark(child.pid, runner), mark);
  assert.equal(signalGroup(child.pid, "SIGKILL"), true);
  await child.status;
  assert.equal(await readProcessMark(child.pid, runner), undefined);
  assert.equal(signalGroup(child.pid, "SIGKILL"), false);
});

Deno.test({
  name: "readProcessMark() takes a process that nobody has waited for as ended",
  ignore,
  async fn() {
    const script = "import os, time\npid = os.fork()\nif pid == 0: os._exit(0)\n" +
      "print(pid, flush=True)\ntime.sleep(600)";
    const parent = new Deno.Command(await pythonProgram(), {
      args: ["-c", script],
      stdout: "piped",
      detached: true,
    }).spawn();
    const reader = parent.stdout.getReader();
    const { value } = await reader.read();
    const zombie = Number(new TextDecoder().decode(value));
    const deadline = Date.now() + 10_000;
    let mark = await readProcessMark(zombie, runner);
    while (mark !== undefined && Date.now() < deadline) {
      mark = await readProcessMark(zombie, runner);
    }
    assert.equal(mark, undefined);
    await reader.cancel();
    signalGroup(parent.pid, "SIGKILL");
    await parent.status;
  },
});

Deno.test({
  name: "two processes that were started one after the other have different marks",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const first = await startSleeper();
    const second = await startSleeper();
    const marks = await Promise.all([first, second].map(({ pid }) => readProcessMark(pid, runner)));
    assert.notEqual(marks[0], marks[1]);
    for (const child of [first, second]) {
      signalGroup(child.pid, "SIGKILL");
      await child.status;
    }
  },
});
