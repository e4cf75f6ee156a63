import assert from "node:assert/strict";
import { join } from "node:path";
import { createBlake3 } from "../../src/models/mod.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { runDeno } from "../../tasks/run_deno.ts";
import { builtBinary } from "../support/built_binary.ts";
import { runAlone, withTempDir } from "../support/alone.ts";
import { readProjectText } from "../support/project.ts";
import { rawSafetensors } from "../support/model_files.ts";

const version = JSON.parse(
  await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
).version;

Deno.test("the binary says its version at once", async () => {
  await withTempDir(async (directory) => {
    const times: number[] = [];
    for (let run = 0; run < 9; run++) {
      const started = performance.now();
      const { code, stdout, stderr } = await runAlone(
        await builtBinary(),
        ["--version"],
        directory,
      );
      times.push(performance.now() - started);
      assert.equal(code, 0, stderr);
      assert(stdout.includes(version), stdout);
    }
    // Far above what `deno task bench` holds it to, so that a busy machine does not turn this red.
    assert(Math.min(...times) < 1_000, `the fastest took ${Math.min(...times)} ms`);
  });
});

Deno.test("the binary answers from the starter index that it carries", async () => {
  await withTempDir(async (directory) => {
    const args = ["registry", "lookup", "Power Lora Loader (rgthree)", "--offline", "--json"];
    const { code, stdout, stderr } = await runAlone(await builtBinary(), args, directory);
    assert.equal(code, 0, stderr);
    const envelope = JSON.parse(stdout);
    assert.equal(envelope.ok, true);
    assert.match(stdout, /rgthree-comfy/);
  });
});

Deno.test("the binary hashes models in Workers", async () => {
  await withTempDir(async (directory) => {
    const run = async (...args: string[]) => {
      const done = await runAlone(await builtBinary(), [...args, "--json"], directory);
      assert.equal(done.code, 0, done.stderr);
      return JSON.parse(done.stdout).data;
    };
    // Large enough for Workers, and for vectors to be joined on the way.
    const size = 96 * 1024 ** 2;
    const tensor = { dtype: "U8", shape: [size], data_offsets: [0, size] };
    const models = join(directory, "models");
    await Deno.mkdir(models);
    const path = join(models, "large.safetensors");
    await Deno.writeFile(path, rawSafetensors(JSON.stringify({ weight: tensor }), size));
    await run("init", "workspace");
    await run("--workspace", "workspace", "model", "scan", models);
    const found = await run("--workspace", "workspace", "model", "find", "large");
    const digest = createBlake3("plain");
    digest.update(await Deno.readFile(path));
    assert.ok(JSON.stringify(found).includes(digest.finish()), JSON.stringify(found));
  });
});

Deno.test("the demo needs nothing but the binary, and leaves nothing", async () => {
  await withTempDir(async (directory) => {
    const { code, stderr } = await runAlone(await builtBinary(), ["demo"], directory);
    assert.equal(code, 0, stderr);
    // Above all no compiled code that another user of the machine could replace.
    assert.deepEqual([...Deno.readDirSync(directory)], []);
  });
});

/** Tests that run commands inside their own process say nothing of a binary. */
const STARTS_PROGRAM = /\b(?:runCli|spawnCli|programOf|runInPty|cli)\(/;

Deno.test("the binary keeps the command-line contract", async () => {
  const binary = await builtBinary();
  const options = ["-A", "--no-prompt", "--no-check", "--parallel"];
  // Each room's own commands were run as they are bundled; what all have in common is run by the binary, too.
  const shared = (await filesBelow("tests/cli", "_test.ts"))
    .filter((path) => /^tests\/cli\/(?:[^/]+|registry\/[^/]+)$/.test(path));
  const texts = await Promise.all(shared.map(readProjectText));
  const contract = shared.filter((_, at) => STARTS_PROGRAM.test(texts[at]!));
  assert(contract.length > 5, `${contract}`);
  const run = await runDeno(["test", ...options, ...contract], {
    env: { COMFYDOCK_TEST_BINARY: binary, NO_COLOR: "1" },
  });
  // What failed is told at the end; all that passed would push it out of sight.
  const failures = run.output.indexOf(" ERRORS ");
  assert.equal(run.code, 0, failures < 0 ? run.output.slice(-4_000) : run.output.slice(failures));
});
