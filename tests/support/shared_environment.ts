import { createHash } from "node:crypto";
import { join } from "node:path";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { openNodeIndex } from "../../src/nodes/index/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { environmentLayout, workspaceLayout } from "../../src/workspace/mod.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { cacheDirectory } from "./built_binary.ts";
import { noteUse, removeUnused } from "./kept_entries.ts";
import { readProjectText } from "./project.ts";
import { runCli } from "./run_cli.ts";
import { uvProgram } from "./uv_program.ts";

/** What takes seconds to make, and is made once for all tests. */
export interface SharedEnvironment {
  /** A workspace with the environment `demo`, without its `.venv` and without what belongs to its place. */
  readonly workspace: string;
  readonly venv: string;
  /** The sample ComfyUI that it is made from. */
  readonly source: string;
  /** The node index that every workspace makes of the starter index. */
  readonly nodeIndex: string;
}

const IDENTITY = "[user]\nname = test\nemail = test@localhost\n";

/** Everything that outlives one run of the tests. */
export function sharedRoot(): string {
  const path = join(cacheDirectory, "environments");
  Deno.mkdirSync(path, { recursive: true });
  return path;
}

/** Packages that are kept between runs. */
export function uvCache(): string {
  return join(sharedRoot(), "uv-cache");
}

/** What runs of comfydock need besides their arguments, with workspace and home below a directory. */
export async function toolVariables(root: string): Promise<Readonly<Record<string, string>>> {
  const gitSettings = join(root, "home", ".gitconfig");
  await Deno.mkdir(join(root, "home"));
  await Deno.writeTextFile(gitSettings, IDENTITY);
  return {
    ...networkVariables(),
    COMFYDOCK_UV: await uvProgram(),
    COMFYDOCK_HOME: join(root, "ws"),
    COMFYDOCK_UV_CACHE_DIR: uvCache(),
    GIT_CONFIG_GLOBAL: gitSettings,
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

/** How packages are reached from this machine. */
function networkVariables(): Readonly<Record<string, string>> {
  const wanted = /^(UV_|SSL_CERT_|(HTTPS?|ALL|NO)_PROXY$)/i;
  return Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) => wanted.test(name)),
  );
}

let made: Promise<SharedEnvironment> | undefined;

/** Finds what tests copy from; whoever comes first makes it. */
export function sharedEnvironment(): Promise<SharedEnvironment> {
  return made ??= findOrMake().then(placesIn);
}

function placesIn(path: string): SharedEnvironment {
  return {
    workspace: join(path, "ws"),
    venv: join(path, "venv"),
    source: join(path, "source", "ComfyUI"),
    nodeIndex: join(path, "node_index.db"),
  };
}

/** One for each state of the sources and of what is installed; whoever comes first makes it, the others wait. */
async function findOrMake(): Promise<string> {
  const digest = createHash("sha256");
  const program = Deno.env.get("COMFYDOCK_TEST_PROGRAM");
  // A staged program stands for one state of the sources, and is found without reading them all.
  const sources = program ? [] : await filesBelow("src", ".ts");
  for (const path of sources) digest.update(await readProjectText(path));
  digest.update(program ?? "");
  digest.update(`${await uvProgram()}\0${Deno.env.get("PATH")}`);
  const path = join(sharedRoot(), `made-${digest.digest("hex").slice(0, 16)}`);
  using lock = await Deno.open(join(sharedRoot(), "lock"), { create: true, write: true });
  await lock.lock(true);
  if (!await Deno.stat(path).then(() => true, () => false)) await make(path);
  await noteUse(path);
  return path;
}

async function make(path: string): Promise<void> {
  await removeUnused(sharedRoot(), { names: /^made-/, newest: 10 });
  await removeUnused(sharedRoot(), { names: /^(draft|run)-/, newest: Infinity });
  const draft = await Deno.makeTempDir({ dir: sharedRoot(), prefix: "draft-" });
  await makeSampleComfyUI(
    join(draft, "source", "ComfyUI"),
    createRunner({ env: Deno.env.toObject() }),
  );
  await Deno.mkdir(path);
  await Deno.rename(join(draft, "source"), join(path, "source"));
  const { source, nodeIndex } = placesIn(path);
  const env = await toolVariables(draft);
  const words = ["--torch-backend", "none", "--comfyui-source", source, "--use"];
  for (const argv of [["init"], ["create", "demo", ...words]]) {
    const { code, stderr } = await runCli(argv, { env, cwd: draft });
    if (code === 0) continue;
    await Deno.remove(path, { recursive: true });
    throw new Error(`Cannot make the environment of the tests: ${stderr}`);
  }
  const apiCache = join(draft, "api_cache.db");
  (await openNodeIndex({ workspace: { nodeIndex, apiCache } })).close();
  await layOut(draft, path);
  await Deno.remove(draft, { recursive: true });
}

/** Puts a workspace where tests copy it from: apart from its `.venv`, and without what belongs to its place. */
async function layOut(draft: string, path: string): Promise<void> {
  const workspace = workspaceLayout(join(draft, "ws"));
  const { venv, comfyui } = environmentLayout(workspace, "demo");
  await Deno.remove(join(comfyui, "models"));
  for (const directory of [workspace.locks, workspace.undo]) {
    await Deno.remove(directory, { recursive: true });
    await Deno.mkdir(directory);
  }
  await Deno.rename(venv, join(path, "venv"));
  await Deno.rename(workspace.root, join(path, "ws"));
}
