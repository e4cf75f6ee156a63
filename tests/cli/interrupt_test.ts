import { deepEqual, equal, match } from "node:assert/strict";
import { type RunSettings, spawnCli } from "../support/run_cli.ts";

const program = "tests/support/sample_main.ts";
const onWindows = Deno.build.os === "windows";

interface Interrupted {
  readonly code: number;
  readonly signal: Deno.Signal | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: readonly string[];
}

/** Starts a command, sends signals once it says that it waits, and gathers what is left. */
async function interrupt(
  argv: readonly string[],
  signals: readonly Deno.Signal[],
): Promise<Interrupted> {
  const home = await Deno.makeTempDir({ prefix: "comfydock-home-" });
  const settings: RunSettings = { program };
  try {
    const child = spawnCli(argv, home, settings);
    const stdout = new Response(child.stdout).text();
    let stderr = "";
    let sent = 0;
    for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
      stderr += chunk;
      // Each further signal waits for the sign that the one before has arrived.
      const arrived = stderr.includes("waiting") ? 1 + stderr.split("stopping").length - 1 : 0;
      while (sent < Math.min(arrived, signals.length)) child.kill(signals[sent++]!);
    }
    await child.stdin.close();
    const { code, signal } = await child.status;
    const files = [...Deno.readDirSync(home)].map(({ name }) => name);
    return { code, signal, stdout: await stdout, stderr, files };
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test({
    name: `${signal} lets the command roll back, then ends with 130`,
    ignore: onWindows,
    async fn() {
      const { code, stdout, stderr, files } = await interrupt(["wait"], [signal]);
      deepEqual([code, stdout, stderr], [130, "", "waiting\nerror: Interrupted\n"]);
      deepEqual(files, ["rolled-back"]);
    },
  });
}

Deno.test({
  name: "an interrupted command leaves an envelope that says so",
  ignore: onWindows,
  async fn() {
    const { code, stdout } = await interrupt(["wait", "--json"], ["SIGINT"]);
    equal(code, 130);
    const { ok, error } = JSON.parse(stdout);
    deepEqual([ok, error.code], [false, "INTERRUPTED"]);
  },
});

Deno.test({
  name: "a second Ctrl-C ends a command at once that does not end by itself",
  ignore: onWindows,
  async fn() {
    const startedAt = Date.now();
    const { code } = await interrupt(["stubborn"], ["SIGINT", "SIGINT"]);
    equal(code, 130);
    equal(Date.now() - startedAt < 30_000, true);
  },
});

Deno.test("a failure that no code awaited ends the command like any other", async () => {
  const home = await Deno.makeTempDir({ prefix: "comfydock-home-" });
  const child = spawnCli(["stray"], home, { program });
  await child.stdin.close();
  const { code, stderr } = await child.output();
  equal(code, 1);
  match(
    new TextDecoder().decode(stderr),
    /^error: Unexpected failure in `comfydock stray`: nobody awaited this\n\nhint: .*-vv/,
  );
  await Deno.remove(home, { recursive: true });
});
