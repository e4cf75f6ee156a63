/** `node add` against the download alone and against `uv add` of the same packages, with warm caches, in turn. */
import { join } from "node:path";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { type PackDefinition, startPackRegistry } from "../support/node_packs.ts";
import { uvProgram } from "../support/uv_program.ts";
import { median, report } from "./measurement.ts";

const RUNS = 5;
const FILES = 100;

const files = Object.fromEntries(
  Array.from(
    { length: FILES },
    (_, at) => [`part${at % 7}/file${at}.py`, `x = ${at}\n`.repeat(500)],
  ),
);
const packs = Array.from({ length: RUNS + 1 }, (_, at): PackDefinition[] => [
  { id: `plain-${at}`, version: "1.0.0", files },
  { id: `asking-${at}`, version: "1.0.0", files, requirements: ["six", "toml", "tqdm"] },
]).flat();
await using registry = startPackRegistry(...packs);

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
const workspace = join(root, "workspace");
const uv = await uvProgram();
const env = {
  COMFYDOCK_HOME: workspace,
  COMFYDOCK_UV: uv,
  COMFYDOCK_ENV: "bench",
  COMFYDOCK_REGISTRY_URL: registry.url,
  CI: "1",
};
const main = ["run", "-A", join(projectRoot, "main.ts")];

async function run(
  program: string,
  args: readonly string[],
  cwd = root,
  more = {},
): Promise<number> {
  const started = performance.now();
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { ...env, ...more },
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return (performance.now() - started) / 1000;
}

const comfydock = (...args: string[]) => run(Deno.execPath(), [...main, ...args]);

async function download(id: string): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${registry.url}/archives/${id}/1.0.0/node.zip`);
  await answer.arrayBuffer();
  return (performance.now() - started) / 1000;
}

const source = join(root, "sample");
await makeSampleComfyUI(source, createRunner({ env: Deno.env.toObject() }));
await comfydock("init", workspace);
await comfydock("create", "bench", "--torch-backend", "none", "--comfyui-source", source);
// The first look makes the node index, and fills uv's cache.
await comfydock("node", "add", "asking-0");
await comfydock("node", "remove", "asking-0");
const byHand = join(root, "by-hand");
await Deno.mkdir(byHand);
const manifest = join(workspace, "environments", "bench", ".cec", "pyproject.toml");
const project = {
  UV_CACHE_DIR: join(workspace, "uv_cache"),
  UV_PYTHON: join(workspace, "environments", "bench", ".venv", "bin", "python"),
};

const plain: number[] = [];
const asking: number[] = [];
const raw: number[] = [];
for (let at = 1; at <= RUNS; at++) {
  plain.push(await comfydock("node", "add", `plain-${at}`) - await download(`plain-${at}`));
  asking.push(await comfydock("node", "add", `asking-${at}`));
  await comfydock("node", "remove", `asking-${at}`);
  await Deno.copyFile(manifest, join(byHand, "pyproject.toml"));
  await run(uv, ["sync", "--quiet"], byHand, project);
  raw.push(
    await run(uv, ["add", "--quiet", "--group", "own", "six", "toml", "tqdm"], byHand, project),
  );
}
report({
  name: "`node add` without new packages, over the download",
  value: median(plain),
  unit: "s",
  bound: 1,
  how: `a pack of ${FILES} files, whole process, median of ${RUNS}`,
});
report({
  name: "`node add` with packages, over `uv add`",
  value: median(asking) - median(raw),
  unit: "s",
  bound: 1,
  how: `${median(asking).toFixed(2)} s against ${
    median(raw).toFixed(2)
  } s, medians of ${RUNS} in turn`,
});
await Deno.remove(root, { recursive: true });
