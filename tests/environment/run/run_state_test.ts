import assert from "node:assert/strict";
import { dirname } from "node:path";
import { readRunState, stopRun } from "../../../src/environment/run/mod.ts";
import { lookAt } from "../../../src/workspace/mod.ts";
import { type RunningWorld, withRunnable } from "../../support/running.ts";

const record = {
  schema_version: 1,
  id: "one",
  environment: "demo",
  mode: "detached",
  pid: Deno.pid,
  keeper_pid: Deno.pid,
  mark: "another boot:1",
  port: 8188,
  host: "127.0.0.1",
  args: [],
  started: "2026-01-01T00:00:00Z",
};

async function write({ stateFile }: RunningWorld, text: string): Promise<void> {
  await Deno.mkdir(dirname(stateFile), { recursive: true });
  await Deno.writeTextFile(stateFile, text);
}

Deno.test("readRunState() takes no process for ComfyUI that only has its number", async () => {
  await withRunnable(async (running) => {
    const world = running.world();
    assert.deepEqual(await readRunState(world), { status: "never" });
    // The number is that of this very test, which stop must not end.
    await write(running, JSON.stringify(record));
    const state = await readRunState(world);
    assert.equal(state.status, "lost");
    const stopped = await stopRun(world, 1_000);
    assert.deepEqual([stopped.state.status, stopped.ended], ["lost", undefined]);
    assert.equal(await lookAt(running.stateFile), undefined);
    assert.equal((await stopRun(world, 1_000)).state.status, "never");
  });
});

Deno.test("readRunState() reads a damaged file as no run, and numbers that name no process too", async () => {
  await withRunnable(async (running) => {
    const texts = [
      "",
      "{",
      "[]",
      "{}",
      ...[0, 1, -1, 1.5, "7", null].map((pid) => JSON.stringify({ ...record, pid })),
    ];
    for (const text of texts) {
      await write(running, text);
      assert.deepEqual(await readRunState(running.world()), { status: "never" }, text);
    }
    await write(
      running,
      JSON.stringify({ ...record, ended: "2026-01-01T00:01:00Z", exit_code: 3 }),
    );
    const state = await readRunState(running.world());
    assert.deepEqual(state.status === "ended" && state.run.end, {
      at: "2026-01-01T00:01:00Z",
      code: 3,
      signal: undefined,
    });
  });
});
