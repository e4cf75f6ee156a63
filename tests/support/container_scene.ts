import { createHash } from "node:crypto";
import { join } from "node:path";
import { readDefaultComfyUIUrl } from "../../src/comfyui/mod.ts";
import { addNodes } from "../../src/environment/nodes/mod.ts";
import type { NodeTarget } from "../../src/nodes/mod.ts";
import { editManifest, setModel } from "../../src/pyproject/mod.ts";
import { command, createRunner } from "../../src/tools/mod.ts";
import type { EnvironmentFixture, WorldChoices } from "./environment_fixture.ts";
import { packFiles, packResolver, startPackRegistry, worldWithPacks } from "./node_packs.ts";
import { put, track } from "./tracked_workflows.ts";

/** The bytes of the model of the scene. */
export const WEIGHTS: Uint8Array<ArrayBuffer> = new TextEncoder().encode("weights ".repeat(5_000));

/** An environment with a pack of each kind that a container gets in its own way, a model and a workflow. */
export interface ContainerScene extends AsyncDisposable {
  /** What git has to know to find the repositories here. */
  readonly gitConfig: string;
}

const GIT_PACK = "https://git.test/me/beta";

/** Furnishes the environment `demo`; the registry of one pack answers until the scene is left. */
export async function furnishContainer(
  fixture: EnvironmentFixture,
  modelUrl: string,
): Promise<ContainerScene> {
  const { root, environment, env, source } = fixture;
  const registry = startPackRegistry({
    id: "alpha",
    version: "1.0.0",
    requirements: ["packaging>=23"],
    files: { "tools/run.txt": "text\n" },
  });
  const beta = join(root, "beta");
  const gitConfig = env.GIT_CONFIG_GLOBAL!;
  const instead = (path: string, url: string) => `[url "${path}"]\n\tinsteadOf = ${url}\n`;
  await Deno.writeTextFile(
    gitConfig,
    instead(source, await readDefaultComfyUIUrl()) + instead(beta, GIT_PACK),
    { append: true },
  );
  const commit = await makeRepository(fixture, beta);
  const add = async (named: string, target: NodeTarget) => {
    const resolve = () => Promise.resolve(target);
    await addNodes(packs(fixture), { named: [named], resolve });
  };
  await addNodes(packs(fixture), { named: ["alpha"], resolve: packResolver(registry) });
  await add(GIT_PACK, { source: "git", id: "beta", name: "beta", url: GIT_PACK, commit });
  const local = join(root, "gamma");
  await put(join(local, "__init__.py"), 'NODE_CLASS_MAPPINGS = {"gamma": None}\n');
  await add(local, { source: "local", id: "gamma", name: "gamma", path: local });
  const text = await Deno.readTextFile(environment.manifest);
  const model = {
    key: "base",
    name: "base.safetensors",
    sha256: createHash("sha256").update(WEIGHTS).digest("hex"),
    size: WEIGHTS.length,
    sources: [{ type: "url", url: modelUrl } as const],
    localPath: "models/checkpoints/base.safetensors",
    criticality: "required" as const,
  };
  await Deno.writeTextFile(environment.manifest, editManifest(text, [setModel(model)], "x"));
  await track(fixture, { portrait: '{"nodes": [],\n "links": []}\n' });
  return { gitConfig, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() };
}

function packs(fixture: EnvironmentFixture) {
  const world = (choices?: WorldChoices) => fixture.world(choices);
  return worldWithPacks({ ...fixture, world });
}

async function makeRepository({ env }: EnvironmentFixture, path: string): Promise<string> {
  for (const [name, text] of Object.entries(packFiles({ id: "beta", version: "2.0.0" }))) {
    await put(join(path, name), text);
  }
  const runner = createRunner({ env: { ...Deno.env.toObject(), ...env } });
  const git = async (...args: readonly string[]) =>
    (await runner.run(command({ program: "git", args, cwd: path }))).stdout.trim();
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "-m", "beta");
  return await git("rev-parse", "HEAD");
}
