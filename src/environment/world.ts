import { type Clock, type Reporter, systemClock } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import { createGit } from "../tools/git/mod.ts";
import type { CommandRunner, Environment } from "../tools/mod.ts";
import { createRunner } from "../tools/processes/mod.ts";
import {
  type Checkpoints,
  checkpointsFromEnvironment,
  type CommandChain,
  type EnvironmentLayout,
  type WorkspaceLayout,
} from "../workspace/mod.ts";
import { environmentHandlers } from "./handlers.ts";
import type { EnvironmentWorld, UvUse } from "./types.ts";

/** What a world is made of. */
export interface WorldOptions {
  readonly workspace: WorkspaceLayout;
  /** The environment; it need not exist yet. */
  readonly environment: EnvironmentLayout;
  /** Variables of this process. */
  readonly env: Environment;
  readonly report: Reporter;
  /** Opens a client when one is first needed. */
  http(): Promise<HttpClient>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  readonly offline?: boolean;
  /** Default the workspace's own. */
  readonly models?: string;
  /** How long to wait for another comfydock, in milliseconds; default 30,000. */
  readonly lockTimeoutMs?: number;
  /** Absolute path of the uv to use; by default it is looked for. */
  readonly uvPath?: string;
  /** Default the workspace's own. */
  readonly uvCache?: string;
  /** Absolute path of the git to use. */
  readonly gitPath?: string;
  /** Default what `COMFYDOCK_KILL_AT` says. */
  readonly checkpoints?: Checkpoints;
  /** Of the command that opens it; by default each change stands alone. */
  readonly chain?: CommandChain;
}

/** Opens the outside world for commands on one environment; no program is started yet. */
export function openEnvironmentWorld(options: WorldOptions): EnvironmentWorld {
  const { workspace, env, signal, report, http, offline = false } = options;
  const runner = withGit(createRunner({ env }), options.gitPath);
  let program: Promise<string> | undefined;
  const findProgram = async (stop?: AbortSignal) => {
    const { findUv, provideUv, readUvPin } = await import("../tools/mod.ts");
    const pin = await readUvPin();
    const places = { env, directory: workspace.uvBin, pin, signal: stop };
    const { found } = await findUv(runner, places);
    if (found) return found.program;
    const client = offline ? undefined : await http();
    return (await provideUv(runner, { ...places, http: client, offline, report })).program;
  };
  const uvWith = (stop?: AbortSignal) => async (use: UvUse = {}) => {
    // Many commands never need uv, and start sooner without it.
    const { createUv, pythonSearchPath } = await import("../tools/mod.ts");
    program ??= options.uvPath === undefined
      ? findProgram(stop).catch((error) => {
        // Another try may have more luck, for instance one that was not interrupted.
        program = undefined;
        throw error;
      })
      : Promise.resolve(options.uvPath);
    return createUv(runner, {
      program: await program,
      cacheDirectory: options.uvCache ?? workspace.uvCache,
      pythonDirectory: workspace.uvPython,
      searchPath: env.PATH === undefined ? undefined : await pythonSearchPath(env.PATH),
      offline: use.offline ?? offline,
      owners: use.owners,
      signal: stop,
    });
  };
  return {
    workspace,
    environment: options.environment,
    git: createGit(runner, { signal }),
    uv: uvWith(signal),
    runner,
    http,
    env,
    models: options.models ?? workspace.defaultModels,
    clock: options.clock ?? systemClock,
    report,
    signal,
    // Ctrl-C ends the work, not its being taken back.
    handlers: environmentHandlers({ workspace, git: createGit(runner), uv: uvWith(), offline }),
    checkpoints: options.checkpoints ?? checkpointsFromEnvironment(env),
    lockTimeoutMs: options.lockTimeoutMs ?? 30_000,
    offline,
    chain: options.chain,
  };
}

function withGit(runner: CommandRunner, git: string | undefined): CommandRunner {
  if (git === undefined) return runner;
  return {
    run: (spec, options) =>
      runner.run(spec.program === "git" ? { ...spec, program: git } : spec, options),
  };
}
