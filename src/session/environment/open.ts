import { type EnvironmentWorld, openEnvironmentWorld } from "../../environment/world/mod.ts";
import {
  type ConfigEntry,
  configValue,
  type EnvironmentLayout,
  type Workspace,
} from "../../workspace/reading/mod.ts";
import type { Session } from "../types.ts";
import { readConfig } from "../workspace/mod.ts";

/** An environment with all around it. */
export interface OpenedEnvironment {
  readonly workspace: Workspace;
  readonly config: readonly ConfigEntry[];
  readonly environment: EnvironmentLayout;
  readonly world: EnvironmentWorld;
}

/**
 * Opens the world of an environment, which need not exist.
 *
 * @throws `CONFIG_VALUE_INVALID`, `CONFIG_NEWER`, `DATA_INVALID`
 */
export async function openEnvironment(
  session: Session,
  workspace: Workspace,
  environment: EnvironmentLayout,
): Promise<OpenedEnvironment> {
  const config = await readConfig(session, workspace);
  const text = (key: string) => configValue(config, key)?.toString();
  const { env, report, clock, signal, offline, chain } = session;
  const world = openEnvironmentWorld({
    workspace: workspace.layout,
    environment,
    env,
    report,
    http: () => session.http(),
    clock,
    signal,
    offline,
    chain,
    models: text("models_dir"),
    lockTimeoutMs: Number(configValue(config, "lock_timeout")) * 1000,
    uvPath: text("uv_path"),
    uvCache: text("uv_cache_dir"),
    gitPath: text("git_path"),
  });
  return { workspace, config, environment, world };
}
