import { join } from "node:path";
import { ComfydockError, ExitCode, readRecord, readText } from "../base/mod.ts";
import { readComfyUISource } from "../comfyui/mod.ts";
import { applyCreate, type CreateReport, planCreate } from "../environment/create/mod.ts";
import { prepareRun, runDetached, stopRun } from "../environment/run/mod.ts";
import { type EnvironmentWorld, openEnvironmentWorld } from "../environment/world/mod.ts";
import { sendJson } from "../http/mod.ts";
import { readTorchBackends } from "../pyproject/mod.ts";
import { command, createRunner, provideUv, readUvPin } from "../tools/mod.ts";
import {
  applyInit,
  environmentLayout,
  lookAt,
  planInit,
  workspaceLayout,
} from "../workspace/mod.ts";
import { makeSampleComfyUI } from "./sample_comfyui/mod.ts";
import type { DemoStep, DemoWorld } from "./types.ts";

const TITLE = "An environment runs ComfyUI";
const NAME = "demo";
const ANSWER_MS = 60_000;
const GRACE_MS = 10_000;

/** Makes a workspace with an environment of a sample ComfyUI, runs it, asks it and stops it. */
export async function environmentStep(world: DemoWorld): Promise<DemoStep> {
  const workspace = join(world.directory, "workspace");
  try {
    const environment = await openDemoEnvironment(world, workspace);
    const made = await createFromSample(world, environment);
    return {
      title: TITLE,
      status: "done",
      lines: [...made, ...await runAndAsk(world, environment)],
      commands: ["status", "logs", "run"].map((name) => `comfydock ${name} -w ${workspace}`),
    };
  } catch (error) {
    if (!isLacking(error)) throw error;
    return {
      title: TITLE,
      status: "skipped",
      lines: [error.message],
      commands: [],
      hint: error.hint,
    };
  }
}

/** What a machine without git, uv, Python or a network cannot do is skipped; anything else is a failure. */
function isLacking(error: unknown): error is ComfydockError {
  return error instanceof ComfydockError &&
    (error.exit === ExitCode.missingTool || error.exit === ExitCode.network);
}

async function openDemoEnvironment(world: DemoWorld, path: string): Promise<EnvironmentWorld> {
  const { clock, report, signal, offline } = world;
  const workspace = workspaceLayout(path);
  // The demo installs no tools: what is missing is skipped.
  const env = { ...world.env, UV_PYTHON_DOWNLOADS: "never" };
  const { program, cache } = await findInstalledUv(world, workspace.uvBin);
  await applyInit(await planInit({ path, now: new Date(clock.now()).toISOString() }));
  return openEnvironmentWorld({
    workspace,
    environment: environmentLayout(workspace, NAME),
    env,
    report,
    http: () => world.http(),
    clock,
    signal,
    offline,
    uvPath: program,
    uvCache: cache,
  });
}

/** The uv of this machine, and its own cache, so that a second demo fetches nothing. */
async function findInstalledUv(
  { env, signal }: DemoWorld,
  directory: string,
): Promise<{ readonly program: string; readonly cache: string }> {
  const runner = createRunner({ env });
  const places = { env, directory, pin: await readUvPin(), signal };
  const { program } = await provideUv(runner, { ...places, offline: true });
  const own = { UV_CACHE_DIR: env.UV_CACHE_DIR };
  const ask = command({ program, args: ["cache", "dir"], env: own });
  return { program, cache: (await runner.run(ask, { signal })).stdout.trim() };
}

async function createFromSample(
  { directory, signal }: DemoWorld,
  world: EnvironmentWorld,
): Promise<readonly string[]> {
  // A directory that was kept has it from the last demo.
  if (await lookAt(world.environment.manifest)) return [`The environment ${NAME} is there already`];
  const path = join(directory, "sample-comfyui");
  const { releases } = await makeSampleComfyUI(path, world.runner, { signal });
  const plan = planCreate({
    name: NAME,
    comfyui: "latest",
    source: await readComfyUISource(path, directory),
    torch: "none",
    use: true,
  }, { workspace: world.workspace, existing: [], backends: await readTorchBackends() });
  return describeCreated(await applyCreate(world, plan), releases);
}

function describeCreated(
  { name, comfyui, python, packages, commit }: CreateReport,
  releases: readonly string[],
): readonly string[] {
  return [
    `Made a git repository of a sample ComfyUI with the releases ${releases.join(" and ")}`,
    `Created the environment ${name}: ComfyUI ${comfyui.name}, Python ${python}, ${packages} packages, ` +
    `commit ${commit.slice(0, 8)}`,
  ];
}

async function runAndAsk(
  { http: openHttp, clock }: DemoWorld,
  world: EnvironmentWorld,
): Promise<readonly string[]> {
  const plan = await prepareRun(world, { mode: "detached", port: "auto", args: [], sync: false });
  const http = await openHttp([new URL(plan.url).origin]);
  const begun = clock.now();
  try {
    await runDetached(world, plan, { waitMs: ANSWER_MS });
    const seconds = ((clock.now() - begun) / 1000).toFixed(1);
    const ask = async (path: string) => (await sendJson(http, { url: `${plan.url}${path}` })).value;
    const { system } = readRecord(await ask("/system_stats"), "$");
    const version = readText(readRecord(system, "$.system").comfyui_version, "$.comfyui_version");
    const nodes = Object.keys(readRecord(await ask("/object_info"), "$"));
    const { ended } = await stopRun(world, GRACE_MS);
    return [
      `Started it detached; it answered at ${plan.url} after ${seconds} s`,
      `/system_stats says ComfyUI ${version}, /object_info knows ${nodes.length} nodes`,
      `Stopped it; its exit code was ${ended?.end?.code}`,
    ];
  } finally {
    await stopRun(world, GRACE_MS);
  }
}
