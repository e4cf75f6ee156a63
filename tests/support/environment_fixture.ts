import { join } from "node:path";
import { systemClock, type WorkEvent } from "../../src/base/mod.ts";
import { type EnvironmentWorld, openEnvironmentWorld } from "../../src/environment/mod.ts";
import {
  type Checkpoints,
  copyTree,
  type EnvironmentLayout,
  environmentLayout,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../src/workspace/mod.ts";
import { type CliRun, runCli } from "./run_cli.ts";
import {
  type SharedEnvironment,
  sharedEnvironment,
  sharedRoot,
  toolVariables,
  uvCache,
} from "./shared_environment.ts";

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

/** Runs a test with a workspace of its own that has the environment `demo`; most of it is shared by hard links. */
export async function withEnvironment(
  work: (fixture: EnvironmentFixture) => Promise<void>,
): Promise<void> {
  const shared = await sharedEnvironment();
  await withFixture(shared, async (fixture) => {
    await copyWorkspace(shared, fixture);
    await work(fixture);
  });
}

/** Runs a test with an empty workspace. */
export async function withEmptyWorkspace(
  work: (fixture: EnvironmentFixture) => Promise<void>,
): Promise<void> {
  const shared = await sharedEnvironment();
  await withFixture(shared, async (fixture) => {
    const { code, stderr } = await fixture.cli(["init"]);
    if (code !== 0) throw new Error(stderr);
    await Deno.copyFile(shared.nodeIndex, fixture.workspace.nodeIndex);
    await work(fixture);
  });
}

async function withFixture(
  shared: SharedEnvironment,
  work: (fixture: EnvironmentFixture) => Promise<void>,
): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ dir: sharedRoot(), prefix: "run-" }));
  try {
    await work(fixtureAt(root, shared.source, await toolVariables(root)));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function fixtureAt(
  root: string,
  source: string,
  own: Readonly<Record<string, string>>,
): EnvironmentFixture {
  const workspace = workspaceLayout(join(root, "ws"));
  const events: WorkEvent[] = [];
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
        uvPath: own.COMFYDOCK_UV,
        ...choices,
      }),
    cli: (argv, env = {}) =>
      runCli(argv, { env: { ...own, COMFYDOCK_ENV: "demo", ...env }, cwd: root }),
  };
}

// Files that are changed in place must not be shared; uv replaces those of packages.
async function copyWorkspace(
  shared: SharedEnvironment,
  { workspace, environment }: EnvironmentFixture,
): Promise<void> {
  await copyQuickly(shared.workspace, workspace.root);
  await copyQuickly(shared.venv, environment.venv, { hardLinks: true });
  await Deno.copyFile(shared.nodeIndex, workspace.nodeIndex);
  await Deno.symlink(workspace.defaultModels, join(environment.comfyui, "models"));
}

/** What hundreds of tests begin with: `cp` takes a tenth of the time. */
async function copyQuickly(
  from: string,
  to: string,
  options: { readonly hardLinks?: boolean } = {},
): Promise<void> {
  if (Deno.build.os !== "linux") return await copyTree(from, to, options);
  const how = options.hardLinks ? "-al" : "-a";
  const { success, stderr } = await new Deno.Command("cp", { args: [how, from, to] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
