import assert from "node:assert/strict";
import { join } from "node:path";
import { checkTarget, writeContainer } from "../../../src/bundles/container/write.ts";
import { prepareContainer } from "../../../src/bundles/container/mod.ts";
import { venvPython } from "../../../src/environment/mod.ts";
import { hashTree } from "../../../src/nodes/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { furnishContainer, WEIGHTS } from "../../support/container_scene.ts";
import { type BuiltImage, runSteps } from "../../support/dockerfile/run_steps.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { serveFile } from "../../support/file_server.ts";
import { freePort } from "../../support/running.ts";
import { uvProgram } from "../../support/uv_program.ts";

const ENDS_WITHIN_MS = 60_000;

Deno.test({
  name:
    "the steps of the Dockerfile make the environment that is exported, and it answers when started",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withEnvironment(async (fixture) => {
      await using models = serveFile(() => ({ bytes: WEIGHTS }));
      await using scene = await furnishContainer(fixture, `${models.url}/base.safetensors`);
      const root = join(fixture.root, "image");
      const context = join(fixture.root, "context");
      const plan = await prepareContainer(fixture.world(), { nodes: "own" }, root);
      assert.deepEqual([plan.fetched, plan.packed, plan.models], [["alpha", "beta"], ["gamma"], [
        "base",
      ]]);
      await writeContainer(plan.files, await checkTarget(context, plan.files));
      const image = await runSteps(plan, {
        context,
        stages: join(fixture.root, "stages"),
        env: await variables(fixture, scene.gitConfig),
      });
      await assertSameNodes(fixture, root);
      assert.equal(
        await Deno.readTextFile(join(root, "ComfyUI/user/default/workflows/portrait.json")),
        '{"nodes": [],\n "links": []}\n',
      );
      await startAndAsk(image, join(root, "ComfyUI/models/checkpoints/base.safetensors"));
    }),
});

async function variables(
  { env, environment }: EnvironmentFixture,
  gitConfig: string,
): Promise<Readonly<Record<string, string>>> {
  const { PATH = "", HOME = "", ...own } = Deno.env.toObject();
  const network = Object.entries(own).filter(([name]) => /^(UV_|SSL_)/i.test(name));
  const uv = join(await uvProgram(), "..");
  // The Python of the environment stands for the one that a container fetches.
  const python = join(await Deno.realPath(venvPython(environment.venv)), "..");
  return {
    ...Object.fromEntries(network),
    HOME,
    PATH: `${uv}:${python}:${PATH}`,
    GIT_CONFIG_GLOBAL: gitConfig,
    GIT_CONFIG_NOSYSTEM: "1",
    UV_CACHE_DIR: env.COMFYDOCK_UV_CACHE_DIR!,
    UV_LINK_MODE: "hardlink",
    COMFYUI_PORT: `${freePort()}`,
  };
}

async function assertSameNodes({ environment }: EnvironmentFixture, root: string): Promise<void> {
  const text = await Deno.readTextFile(environment.manifest);
  for (const { id, treeSha256, directory = id } of Object.values(readManifest(text, "m").nodes)) {
    const placed = join(root, "ComfyUI", "custom_nodes", directory);
    assert.equal(await hashTree(placed), treeSha256, `the files of ${id}`);
  }
}

/** Starts the image as Docker does, and asks its health check until it answers. */
async function startAndAsk(image: BuiltImage, model: string): Promise<void> {
  const [program = "", ...args] = image.start;
  const env = { ...image.env, FETCH_MODELS: "1", SECRETS_DIR: "nowhere" };
  const settings = { cwd: image.workdir, env, clearEnv: true } as const;
  const child = new Deno.Command(program, {
    ...settings,
    args: [...args, "--listen", "127.0.0.1"],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const told = new Response(child.stderr).text();
  try {
    assert.ok(await becomesHealthy(image.health, settings, child.status), "it answers");
    assert.deepEqual(await Deno.readFile(model), WEIGHTS);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await told;
  }
}

async function becomesHealthy(
  [program = "", ...args]: readonly string[],
  settings: Deno.CommandOptions,
  ended: Promise<unknown>,
): Promise<boolean> {
  let over = false;
  ended.then(() => over = true);
  const until = Date.now() + ENDS_WITHIN_MS;
  while (!over && Date.now() < until) {
    const { success } = await new Deno.Command(program, { ...settings, args }).output();
    if (success) return true;
  }
  return false;
}
