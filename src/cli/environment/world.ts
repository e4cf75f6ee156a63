import type { EnvironmentWorld } from "../../environment/world/mod.ts";
import { openEnvironmentWorld } from "../../environment/world/mod.ts";
import {
  type ConfigEntry,
  configValue,
  type EnvironmentLayout,
  environmentLayout,
  findEnvironment,
  type Workspace,
} from "../../workspace/reading/mod.ts";
import type { CommandContext } from "../types.ts";
import { openNamedWorkspace, readConfig } from "../workspace/access.ts";

/** The environment that a command works on, with all around it. */
export interface CommandEnvironment {
  readonly workspace: Workspace;
  readonly config: readonly ConfigEntry[];
  readonly environment: EnvironmentLayout;
  readonly world: EnvironmentWorld;
}

/**
 * Opens the workspace and the environment that `--env` names, or the active one.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NONE_ACTIVE`, `CONFIG_VALUE_INVALID`
 */
export async function commandEnvironment(context: CommandContext): Promise<CommandEnvironment> {
  const workspace = await openNamedWorkspace(context);
  const environment = await findEnvironment(workspace, context.options.env);
  return await openAround(context, workspace, environment);
}

/**
 * Opens the world of an environment that need not exist.
 *
 * @param name Has been checked.
 */
export async function newCommandEnvironment(
  context: CommandContext,
  workspace: Workspace,
  name: string,
): Promise<CommandEnvironment> {
  return await openAround(context, workspace, environmentLayout(workspace.layout, name));
}

async function openAround(
  context: CommandContext,
  workspace: Workspace,
  environment: EnvironmentLayout,
): Promise<CommandEnvironment> {
  const config = await readConfig(context, workspace);
  const text = (key: string) => {
    const value = configValue(config, key);
    return value === undefined ? undefined : String(value);
  };
  const world = openEnvironmentWorld({
    workspace: workspace.layout,
    environment,
    env: context.env,
    report: context.report,
    http: () => context.http(),
    clock: context.clock,
    signal: context.signal,
    offline: context.options.offline,
    models: text("models_dir"),
    lockTimeoutMs: Number(configValue(config, "lock_timeout")) * 1000,
    uvPath: text("uv_path"),
    uvCache: text("uv_cache_dir"),
    gitPath: text("git_path"),
  });
  return { workspace, config, environment, world };
}
