import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { environmentLayout } from "../../../src/workspace/mod.ts";
import {
  freePort,
  hasSignals,
  type RunningWorld,
  untilFile,
  untilGone,
  withRunnable,
} from "../../support/running.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import { workflowText } from "../../support/workflow_files.ts";

const MANIFEST_HASH = /hash = "sha256:[0-9a-f]{64}"/;

/** Saves the workflow `cat` as ComfyUI does: the file is opened, emptied and written. */
async function save({ layout }: RunningWorld, seed: number): Promise<void> {
  const { comfyui } = environmentLayout(layout, "demo");
  const path = join(comfyui, "user", "default", "workflows", "cat.json");
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, workflowText(seed));
}

/** Waits until `.cec` and the manifest have a version of `cat`, and returns the digest that is noted. */
async function untilKept({ layout }: RunningWorld, seed: number, before?: string): Promise<string> {
  const { workflows, manifest } = environmentLayout(layout, "demo");
  await untilFile(join(workflows, "cat.json"), new RegExp(`^\\s+${seed}$`, "m"));
  const other = before === undefined ? "" : `(?!${before})`;
  return (await untilFile(manifest, new RegExp(other + MANIFEST_HASH.source)))[0];
}

async function trackCat(running: RunningWorld): Promise<string> {
  await save(running, 1);
  const { code, stdout, stderr } = await running.cli(["workflow", "track", "cat"]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /comfydock run --watch keeps them in step/);
  return await untilKept(running, 1);
}

/** The watcher's number, once it watches. */
async function untilWatching({ log }: RunningWorld): Promise<void> {
  await untilFile(log, /comfydock: Watching 1 tracked workflow of demo\n/);
}

async function watchers({ layout }: RunningWorld): Promise<readonly number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pid=,args="] }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes("--with-run") && line.includes(layout.root))
    .filter((line) => !line.includes("keeper.py"))
    .map((line) => Number(line.trim().split(" ")[0]));
}

Deno.test({
  name: "workflow watch tells each event on a line of its own, and Ctrl-C ends it with 130",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      const before = await trackCat(running);
      const dry = await running.cli(["workflow", "watch", "--dry-run", "--json"]);
      await assertPublishedShape(dry.json);
      const child = running.start(["workflow", "watch", "--json"]);
      await child.stdin.close();
      const problems = new Response(child.stderr).text();
      const lines: string[] = [];
      let rest = "";
      for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
        const parts = (rest + text).split("\n");
        rest = parts.pop() ?? "";
        for (const line of parts) {
          lines.push(line);
          if (lines.length === 1) await save(running, 2);
          if (lines.length === 2) child.kill("SIGINT");
        }
      }
      const told = lines.map((line) => JSON.parse(line));
      assert.equal((await child.status).code, 130, await problems);
      assert.deepEqual(told.map(({ event }) => event), ["watching", "synced", undefined]);
      assert.deepEqual(told[1].steps.map(({ name }: { name: string }) => name), ["cat"]);
      assert.deepEqual([told[2].ok, told[2].data?.synced, told[2].error], [true, 1, undefined]);
      await untilKept(running, 2, before);
      const undone = await running.cli(["undo"]);
      assert.equal(undone.code, 0, undone.stderr);
      assert.equal(await untilKept(running, 1), before);
    });
  },
});

for (const mode of ["shown", "detached"] as const) {
  Deno.test({
    name: `run --watch, ${mode}: workflows follow while ComfyUI runs, and the watch ends with it`,
    ignore: !hasSignals,
    async fn() {
      await withRunnable(async (running) => {
        const before = await trackCat(running);
        const words = ["run", "--no-sync", "--watch", "--port", `${freePort()}`];
        const child = mode === "shown" ? running.start(words) : undefined;
        const outputs = child &&
          [child.stdout, child.stderr].map((one) => new Response(one).text());
        if (!child) {
          const { code, json } = await running.cli([...words, "--detach", "--wait", "--json"]);
          await assertPublishedShape(json);
          assert.deepEqual([code, (json?.data as { watch: boolean }).watch], [0, true]);
        }
        await untilWatching(running);
        const [pid, ...more] = await watchers(running);
        assert.equal(more.length, 0);
        await save(running, 2);
        await untilKept(running, 2, before);
        const { stdout, code } = await running.cli(["stop"]);
        assert.equal(code, 0);
        assert.match(stdout, /^Stopped ComfyUI of demo/);
        await untilGone(pid!);
        if (!child) return;
        await child.stdin.close();
        assert.equal((await child.status).code, 0);
        assert.match((await Promise.all(outputs!))[1]!, /comfydock: cat: took it from ComfyUI\n/);
      });
    },
  });
}

Deno.test({
  name: "a watch whose keeper was killed ends when ComfyUI does",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      await trackCat(running);
      const words = ["run", "--no-sync", "--watch", "--port", `${freePort()}`, "--detach"];
      assert.equal((await running.cli(words)).code, 0);
      await untilWatching(running);
      const [pid] = await watchers(running);
      const [, keeper] = await untilFile(running.stateFile, /"keeper_pid": (\d+)/);
      Deno.kill(Number(keeper), "SIGKILL");
      assert.equal((await running.cli(["stop"])).code, 0);
      await untilGone(pid!);
    });
  },
});
