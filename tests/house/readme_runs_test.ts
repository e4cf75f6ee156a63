import assert from "node:assert/strict";
import { join } from "node:path";
import { startSampleRegistry } from "../../src/demo/mod.ts";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { withTempDir } from "../support/alone.ts";
import { pngWith } from "../support/carriers.ts";
import { realToolVariables } from "../support/real_tools.ts";
import { runCli } from "../support/run_cli.ts";
import { shellLines } from "../support/shell_blocks.ts";

const lines = (await shellLines("README.md")).flatMap(({ words, where }) =>
  words ? [{ words, network: where === "network" }] : []
);
const isRegistry = (words: readonly string[]) => words[0] === "registry";

/** Runs lines one after the other, as someone who types them does. */
async function type(
  chosen: readonly { readonly words: readonly string[] }[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  assert(chosen.length > 1);
  for (const { words } of chosen) {
    const { code, stdout, stderr } = await runCli(words, { cwd, env });
    assert.equal(code, 0, `${words.join(" ")}: ${stderr}`);
    assert.notEqual(stdout.trim(), "", words.join(" "));
  }
}

Deno.test("what the README shows without a network runs without one", async () => {
  await withTempDir(async (directory) => {
    const offline = lines.filter(({ network }) => !network);
    await type(offline, directory, { COMFYDOCK_OFFLINE: "1" });
  });
});

Deno.test("the nightly update of the README runs, against the sample registry", async () => {
  await using registry = await startSampleRegistry();
  const env = { COMFYDOCK_REGISTRY_URL: registry.url, COMFYDOCK_MANAGER_URL: registry.managerUrl };
  await withTempDir(async (directory) => {
    await type(lines.filter(({ words, network }) => network && isRegistry(words)), directory, env);
    await Deno.stat(join(directory, "report.html"));
  });
});

const PICTURE = pngWith({
  workflow: JSON.stringify({
    nodes: [{ id: 1, type: "KSampler", widgets_values: [5] }],
    links: [],
  }),
});

Deno.test("the environment and the picture of the README run, with the sample ComfyUI", async () => {
  await withTempDir(async (directory) => {
    const source = join(directory, "ComfyUI");
    await makeSampleComfyUI(source, createRunner({ env: Deno.env.toObject() }));
    await Deno.writeFile(join(directory, "cat.png"), PICTURE);
    const env = {
      ...await realToolVariables(),
      COMFYDOCK_HOME: join(directory, "workspace"),
      COMFYDOCK_COMFYUI_SOURCE: source,
      COMFYDOCK_TORCH_BACKEND: "none",
    };
    try {
      await type(
        lines.filter(({ words, network }) => network && !isRegistry(words)),
        directory,
        env,
      );
    } finally {
      // A line that fails must not leave ComfyUI running.
      await runCli(["stop"], { env });
    }
  });
});
