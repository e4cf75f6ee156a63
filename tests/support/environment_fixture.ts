import { createHash } from "node:crypto";
import { join } from "node:path";
import { systemClock, type WorkEvent } from "../../src/base/mod.ts";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { type EnvironmentWorld, openEnvironmentWorld } from "../../src/environment/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import {
  type Checkpoints,
  copyTree,
  type EnvironmentLayout,
  environmentLayout,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../src/workspace/mod.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { cacheDirectory } from "./built_binary.ts";
import { readProjectText } from "./project.ts";
import { type CliRun, runCli } from "./run_cli.ts";
import { uvProgram } from "./uv_program.ts";

/** A workspace with the environment `demo`, made from the sample ComfyUI. */
export interface EnvironmentFixture {
  readonly root: string;
  readonly workspace: WorkspaceLayout;
  readonly environment: EnvironmentLayout;
  /** The repository that `--comfyui-source` takes. */
  readonly source: string;
  /** What runs of comfydock need besides their arguments. */
  readonly env: Readonly<Record<string, string>>;
  /** What the last world told. */
  readonly events: readonly WorkEvent[];
  /** Opens the world of an environment inside the test's own process. */
  world(options?: WorldChoices): EnvironmentWorld;
  /** Runs comfydock as a process of its own, on `demo`. */
  cli(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliRun>;
}

/** What a test may choose about a world. */
export interface WorldChoices {
  readonly name?: string;
  readonly checkpoints?: Checkpoints;
  readonly offline?: boolean;
  readonly uvPath?: string;
  readonly gitPath?: string;
  readonly lockTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

const ONE_DAY_MS = 86_400_000;
const IDENTITY = "[user]\nname = test\nemail = test@localhost\n";

/** Runs a test with a workspace of its own that has the environment `demo`; most of it is shared by hard links. */
export async function withEnvironment(
  work: (fixture: EnvironmentFixture) => Promise<void>,
): Promise<void> {
  const shared = await sharedFixture();
  await withFixture(shared, async (fixture) => {
    await copyWorkspace(join(shared, "ws"), fixture);
    await work(fixture);
  });
}

/** Runs a test with an empty workspace. */
export async function withEmptyWorkspace(
  work: (fixture: EnvironmentFixture) => Promise<void>,
): Promise<void> {
  await withFixture(await sharedFixture(), async (fixture) => {
    const { code, stderr } = await fixture.cli(["init"]);
    if (code !== 0) throw new Error(stderr);
    await work(fixture);
  });
}

async function withFixture(
  shared: string,
  work: (fixture: EnvironmentFixture) => Promise<void>,
): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ dir: sharedRoot(), prefix: "run-" }));
  try {
    await Deno.mkdir(join(root, "home"));
    await Deno.writeTextFile(join(root, "home", ".gitconfig"), IDENTITY);
    await work(fixtureAt(root, join(shared, "source", "ComfyUI"), await uvProgram()));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function fixtureAt(root: string, source: string, uv: string): EnvironmentFixture {
  const workspace = workspaceLayout(join(root, "ws"));
  const events: WorkEvent[] = [];
  const own = {
    ...networkVariables(),
    COMFYDOCK_UV: uv,
    COMFYDOCK_HOME: workspace.root,
    COMFYDOCK_UV_CACHE_DIR: uvCache(),
    GIT_CONFIG_GLOBAL: join(root, "home", ".gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
  };
  return {
    root,
    workspace,
    environment: environmentLayout(workspace, "demo"),
    source,
    env: own,
    events,
    world: ({ name = "demo", ...choices } = {}) =>
      openEnvironmentWorld({
        workspace,
        environment: environmentLayout(workspace, name),
        env: { ...Deno.env.toObject(), ...own },
        report: { emit: (event) => events.push(event) },
        http: () => Promise.reject(new Error("No test of environments fetches anything")),
        clock: systemClock,
        uvCache: uvCache(),
        uvPath: uv,
        ...choices,
      }),
    cli: (argv, env = {}) =>
      runCli(argv, { env: { ...own, COMFYDOCK_ENV: "demo", ...env }, cwd: root }),
  };
}

// Files that are changed in place must not be shared; uv replaces those of packages.
async function copyWorkspace(from: string, { workspace, environment }: EnvironmentFixture) {
  const venv = environmentLayout(workspaceLayout(from), "demo").venv;
  const skipped = /^(\.metadata\/(locks|undo)\/.|environments\/demo\/(\.venv|ComfyUI\/models)$)/;
  await copyTree(from, workspace.root, { include: (path) => !skipped.test(path) });
  await copyTree(venv, environment.venv, { hardLinks: true });
  await Deno.symlink(workspace.defaultModels, join(environment.comfyui, "models"));
}

/** How packages are reached from this machine. */
function networkVariables(): Readonly<Record<string, string>> {
  const wanted = /^(UV_|SSL_CERT_|(HTTPS?|ALL|NO)_PROXY$)/i;
  return Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) => wanted.test(name)),
  );
}

/** Everything that outlives one run of the tests. */
function sharedRoot(): string {
  const path = join(cacheDirectory, "environments");
  Deno.mkdirSync(path, { recursive: true });
  return path;
}

function uvCache(): string {
  return join(sharedRoot(), "uv-cache");
}

let made: Promise<string> | undefined;

function sharedFixture(): Promise<string> {
  return made ??= findOrMake();
}

/** One for each state of the sources and of what is installed; whoever comes first makes it, the others wait. */
async function findOrMake(): Promise<string> {
  const digest = createHash("sha256");
  for (const path of await filesBelow("src", ".ts")) digest.update(await readProjectText(path));
  digest.update(`${await uvProgram()}\0${Deno.env.get("PATH")}`);
  const path = join(sharedRoot(), `made-${digest.digest("hex").slice(0, 16)}`);
  using lock = await Deno.open(join(sharedRoot(), "lock"), { create: true, write: true });
  await lock.lock(true);
  if (!await Deno.stat(path).then(() => true, () => false)) await make(path);
  return path;
}

async function make(path: string): Promise<void> {
  for await (const { name } of Deno.readDir(sharedRoot())) {
    const old = join(sharedRoot(), name);
    // What another process has just removed is gone already.
    const info = await Deno.stat(old).catch(() => undefined);
    const age = Date.now() - (info?.mtime?.getTime() ?? Date.now());
    if (/^(made|draft|run)-/.test(name) && age > ONE_DAY_MS) {
      await Deno.remove(old, { recursive: true });
    }
  }
  const draft = await Deno.makeTempDir({ dir: sharedRoot(), prefix: "draft-" });
  await Deno.mkdir(join(draft, "home"));
  await Deno.writeTextFile(join(draft, "home", ".gitconfig"), IDENTITY);
  await makeSampleComfyUI(
    join(draft, "source", "ComfyUI"),
    createRunner({ env: Deno.env.toObject() }),
  );
  await Deno.mkdir(path);
  await Deno.rename(join(draft, "source"), join(path, "source"));
  const { cli, source } = fixtureAt(draft, join(path, "source", "ComfyUI"), await uvProgram());
  const words = ["--torch-backend", "none", "--comfyui-source", source, "--use"];
  for (const argv of [["init"], ["create", "demo", ...words]]) {
    const { code, stderr } = await cli(argv);
    if (code === 0) continue;
    await Deno.remove(path, { recursive: true });
    throw new Error(`Cannot make the environment of the tests: ${stderr}`);
  }
  await Deno.rename(join(draft, "ws"), join(path, "ws"));
  await Deno.remove(draft, { recursive: true });
}
