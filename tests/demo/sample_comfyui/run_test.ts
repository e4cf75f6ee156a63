import assert from "node:assert/strict";
import { join } from "node:path";
import { command, createRunner } from "../../../src/tools/mod.ts";
import { makeSampleComfyUI } from "../../../src/demo/sample_comfyui/mod.ts";
import { pythonProgram } from "../../support/python_program.ts";
import { uvProgram } from "../../support/uv_program.ts";

const env = Deno.env.toObject();
const runner = createRunner({ env });
const windows = Deno.build.os === "windows";

interface Running {
  readonly url: string;
  /** All it wrote so far. */
  log(): string;
  /** Asks it to end, and returns its exit code. */
  stop(signal: Deno.Signal): Promise<number>;
}

async function start(python: string, directory: string, args: readonly string[]): Promise<Running> {
  const child = new Deno.Command(python, {
    args: ["main.py", "--port", "0", ...args],
    cwd: directory,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let text = "";
  const address = Promise.withResolvers<string>();
  const reading = (async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      text += part;
      const url = /To see the GUI go to: (http:\S+)/.exec(text)?.[1];
      if (url) address.resolve(url);
    }
    address.reject(new Error(`It ended early:\n${text}`));
  })();
  address.promise.catch(() => {});
  return {
    url: await address.promise,
    log: () => text,
    async stop(signal) {
      child.kill(signal);
      await reading;
      return (await child.status).code;
    },
  };
}

interface NodeInfo {
  readonly input: { readonly required?: Record<string, readonly unknown[]> };
  readonly python_module: string;
}

interface Stats {
  readonly system: { readonly comfyui_version: string; readonly argv: readonly string[] };
}

async function ask<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  return await response.json();
}

const custom = (name: string) =>
  `class ${name}:\n  RETURN_TYPES = ("INT",)\n  @classmethod\n  def INPUT_TYPES(cls):\n    return {"required": {"a": ("INT",)}}\n`;

async function writePack(directory: string, name: string, text: string): Promise<void> {
  await Deno.mkdir(join(directory, "custom_nodes", name), { recursive: true });
  await Deno.writeTextFile(join(directory, "custom_nodes", name, "__init__.py"), text);
}

Deno.test({
  name:
    "the sample starts from its requirements, loads custom nodes as ComfyUI does, answers and stops",
  async fn(t) {
    const root = await Deno.realPath(await Deno.makeTempDir());
    const { directory } = await makeSampleComfyUI(join(root, "sample"), runner);
    const program = await uvProgram();
    const uv = (...args: string[]) => runner.run(command({ program, args, cwd: root }));
    const python = join(root, "venv", windows ? "Scripts/python.exe" : "bin/python");
    try {
      await uv("venv", "--quiet", "--python", await pythonProgram(), "venv");
      const list = join(directory, "requirements.txt");
      await uv("pip", "install", "--quiet", "--python", python, "--requirement", list);
      await writePack(
        directory,
        "good.pack",
        `${custom("Own")}NODE_CLASS_MAPPINGS = {"Own": Own, "KSampler": Own}\n`,
      );
      await writePack(directory, "broken", "import surely_absent\n");
      await writePack(directory, "off.disabled", `raise SystemExit(3)\n`);
      await Deno.mkdir(join(directory, "custom_nodes", "empty"));
      await Deno.mkdir(join(directory, "models", "checkpoints", "sd"), { recursive: true });
      await Deno.writeTextFile(join(directory, "models/checkpoints/sd/a.safetensors"), "x");
      const running = await start(python, directory, ["--cpu", "--listen", "127.0.0.1"]);

      await t.step("/system_stats tells its version and arguments", async () => {
        const { system } = await ask<Stats>(`${running.url}/system_stats`);
        assert.equal(system.comfyui_version, "0.2.0");
        assert.deepEqual(system.argv.slice(1), [
          "--port",
          "0",
          "--cpu",
          "--listen",
          "127.0.0.1",
        ]);
      });
      await t.step("/object_info has its classes and those of packs that load", async () => {
        const infos = await ask<Record<string, NodeInfo>>(`${running.url}/object_info`);
        assert.equal(infos.Own?.python_module, "custom_nodes.good.pack");
        assert.equal(infos.KSampler?.python_module, "nodes");
        assert.ok(infos.SampleVersionAtLeast);
        assert.deepEqual(infos.CheckpointLoaderSimple?.input.required?.ckpt_name, [[
          join("sd", "a.safetensors"),
        ]]);
        const one = await ask<Record<string, NodeInfo>>(`${running.url}/api/object_info/Own`);
        assert.deepEqual(Object.keys(one), ["Own"]);
      });
      await t.step("what goes wrong in a pack is in the log", () => {
        assert.match(running.log(), /Cannot import .*broken module.*surely_absent/);
        assert.match(running.log(), /\(IMPORT FAILED\): .*empty/);
        assert.ok(!running.log().includes("off.disabled"));
      });
      await t.step("its folders are there", async () => {
        assert.ok((await Deno.stat(join(directory, "user/default/workflows"))).isDirectory);
      });
      await t.step({
        name: "it ends cleanly when it is asked to, by either signal",
        ignore: windows,
        fn: async () => {
          assert.equal(await running.stop("SIGTERM"), 0);
          assert.match(running.log(), /Stopped server/);
          const again = await start(python, directory, ["--disable-all-custom-nodes"]);
          assert.ok(!("Own" in await ask<Record<string, NodeInfo>>(`${again.url}/object_info`)));
          assert.equal(await again.stop("SIGINT"), 0);
        },
      });
      if (windows) await running.stop("SIGKILL");
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
});
