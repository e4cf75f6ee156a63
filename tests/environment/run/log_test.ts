import assert from "node:assert/strict";
import { join } from "node:path";
import { baseErrors, interrupted, isKind, systemClock } from "../../../src/base/mod.ts";
import {
  followLog,
  prepareRun,
  readLastLines,
  runDetached,
  stopRun,
} from "../../../src/environment/run/mod.ts";
import { withTempDir } from "../../support/alone.ts";
import { freePort, hasSignals, untilFile, withRunnable } from "../../support/running.ts";

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `line ${String(from + at).padStart(5, "0")}`);

Deno.test("readLastLines() reads on in earlier files, and shows of a progress bar what a terminal would", async () => {
  await withTempDir(async (directory) => {
    const log = join(directory, "demo.log");
    assert.deepEqual(await readLastLines(log, 5), {
      lines: [],
      unfinished: undefined,
      place: undefined,
    });
    await Deno.writeTextFile(`${log}.2`, "a\nb\n");
    await Deno.writeTextFile(`${log}.1`, "c\r\n 10%\r100%\r\n");
    await Deno.writeTextFile(log, "e\nunf");
    const read = async (count: number) => (await readLastLines(log, count)).lines;
    assert.deepEqual(await read(9), ["a", "b", "c", "100%", "e"]);
    assert.deepEqual(await read(3), ["c", "100%", "e"]);
    assert.deepEqual(await read(0), []);
    const { unfinished, place } = await readLastLines(log, 1);
    assert.deepEqual([unfinished, place?.offset], ["unf", 2]);
  });
});

Deno.test("readLastLines() finds the last lines of a large file", async () => {
  await withTempDir(async (directory) => {
    const log = join(directory, "demo.log");
    const all = numbered(0, 50_000).map((line) => `${line} äöü`);
    await Deno.writeTextFile(log, `${all.join("\n")}\n`);
    for (const count of [1, 7_000, 49_999, 60_000]) {
      assert.deepEqual((await readLastLines(log, count)).lines, all.slice(-count), `${count}`);
    }
  });
});

Deno.test({
  name: "a log is turned over when it is full; five files are kept, and who follows misses no line",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async (running) => {
      const { log } = running;
      const stop = new AbortController();
      const seen: string[] = [];
      const following = (async () => {
        try {
          const { signal } = stop;
          for await (const line of followLog(log, { clock: systemClock, signal })) seen.push(line);
        } catch (error) {
          if (!isKind(error, baseErrors.INTERRUPTED)) throw error;
        }
      })();
      const world = running.world();
      const args = ["--spam", "500", "--pause", "0.02"];
      const plan = await prepareRun(world, {
        mode: "detached",
        port: freePort(),
        args,
        sync: false,
      });
      await runDetached(world, plan, { waitMs: 60_000, logBytes: 1_000 });
      await stopRun(world, 10_000);
      while (!seen.at(-1)?.includes("ended with")) await systemClock.sleep(20);
      stop.abort(interrupted());
      await following;
      assert.deepEqual(seen.filter((line) => line.startsWith("line ")), numbered(0, 500));
      const files = [...Deno.readDirSync(running.layout.logs)].map(({ name }) => name).sort();
      assert.deepEqual(files, ["demo.log", ...[1, 2, 3, 4].map((number) => `demo.log.${number}`)]);
      for (const name of files) {
        const { size, mode } = await Deno.stat(join(running.layout.logs, name));
        assert.ok(size <= 2_100, `${name}: ${size}`);
        assert.equal((mode ?? 0) & 0o077, 0);
      }
      assert.match(await Deno.readTextFile(`${log}.1`), /^[^\n]+\n[^]*\n$/);
    });
  },
});

Deno.test({
  name: "logs -f goes on with what is added and with the next run, until Ctrl-C",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async ({ cli, start, log }) => {
      const run = (text: string) =>
        cli(["run", "--no-sync", "--port", `${freePort()}`, "--", "--say", text, "--exit", "0"]);
      await run("first");
      const child = start(["logs", "-f", "-n", "2", "--json"]);
      await child.stdin.close();
      const decoded = child.stdout.pipeThrough(new TextDecoderStream());
      let text = "";
      let ran: Promise<unknown> | undefined;
      let interrupted = false;
      for await (const part of decoded) {
        text += part;
        if (!ran && /ended with/.test(text)) ran = run("second");
        if (interrupted || text.split("ended with").length <= 2) continue;
        interrupted = true;
        child.kill("SIGINT");
      }
      await ran;
      assert.equal((await child.status).code, 130);
      await child.stderr.cancel();
      const records = text.trimEnd().split("\n").map((line) => JSON.parse(line));
      assert.equal(records[0].line, "first");
      assert.ok(records.some(({ line }) => line === "second"), text);
      assert.deepEqual([records.at(-1).ok, records.at(-1).error], [true, undefined]);
      await untilFile(log, /second/);
    });
  },
});

Deno.test({
  name: "logs -f says that it waits for a first run, and ends when nobody reads any more",
  ignore: !hasSignals,
  async fn() {
    await withRunnable(async ({ cli, start }) => {
      const args = ["--spam", "100000", "--pause", "0.02"];
      const child = start(["logs", "-f"]);
      await child.stdin.close();
      let told = "";
      const heard = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
      while (!told.includes("\n")) told += (await heard.read()).value ?? "\n";
      assert.match(told, /has not run yet; its log is waited for/);
      await cli(["run", "-d", "--no-sync", "--port", `${freePort()}`, "--", ...args]);
      const reader = child.stdout.getReader();
      await reader.read();
      await reader.cancel();
      await heard.cancel();
      assert.equal((await child.status).code, 0);
    });
  },
});
