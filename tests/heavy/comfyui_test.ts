import assert from "node:assert/strict";
import { join } from "node:path";
import { withTempDir } from "../support/alone.ts";
import { runCli } from "../support/run_cli.ts";
import { freePort } from "../support/running.ts";

// A git repository of ComfyUI itself; its packages, PyTorch among them, come from the package index.
const source = Deno.env.get("COMFYDOCK_TEST_COMFYUI");
// Kept between runs when named, so that several gigabytes are fetched once.
const uvCache = Deno.env.get("COMFYDOCK_TEST_UV_CACHE");

/** Tells how long a step took, which is what docs/benchmarks.md holds. */
async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  Deno.stderr.writeSync(new TextEncoder().encode(`  ${name}: ${seconds} s\n`));
  return result;
}

Deno.test({
  name: "ComfyUI itself is installed, started without a graphics card, asked and stopped",
  ignore: !source,
  async fn() {
    await withTempDir(async (root) => {
      // How this machine reaches package indexes is in its variables.
      const env = {
        ...Deno.env.toObject(),
        COMFYDOCK_HOME: join(root, "workspace"),
        ...(uvCache ? { COMFYDOCK_UV_CACHE_DIR: uvCache } : {}),
      };
      const cli = async (...argv: string[]) => {
        const run = await runCli(["--json", ...argv], { env });
        assert.equal(run.code, 0, `${argv.join(" ")}:\n${run.stderr}\n${run.stdout}`);
        return run.json?.data as Readonly<Record<string, unknown>>;
      };
      await cli("init");
      const create = ["--torch-backend", "none", "--comfyui-source", source!];
      await timed("create", () => cli("create", "real", "--use", ...create));
      await timed("create again, caches warm", () => cli("create", "again", ...create));
      // Releases that are older than their dependencies lean on what those brought along once.
      await timed("py add requests", () => cli("py", "add", "requests"));
      const port = `${freePort()}`;
      const start = [
        "run",
        "--detach",
        "--wait",
        "--timeout",
        "600",
        "--port",
        port,
        "--",
        "--cpu",
      ];
      try {
        await timed("first start", () => cli(...start));
        const url = `http://127.0.0.1:${port}`;
        const { system } = await (await fetch(`${url}/system_stats`)).json();
        assert.match(system.comfyui_version, /^\d+\.\d+/);
        const nodes = await timed(
          "/object_info",
          async () => await (await fetch(`${url}/object_info`)).json(),
        );
        assert.ok("KSampler" in nodes && "CheckpointLoaderSimple" in nodes);
        await timed("stop", () => cli("stop"));
        await timed("second start", () => cli(...start));
      } finally {
        await cli("stop");
      }
      const status = await timed("status", () => cli("status"));
      assert.equal(status.clean, true, JSON.stringify(status.differences));
    });
  },
});
