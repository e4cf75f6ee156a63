import { isKind } from "../../base/mod.ts";
import {
  type ConfigEntry,
  type ConfigLayers,
  configValue,
  type LockOwner,
  openWorkspace,
  readUserConfig,
  resolveConfig,
  userConfigDirectory,
  userConfigFile,
  type Workspace,
  workspaceErrors,
} from "../../workspace/reading/mod.ts";
import type { CommandContext } from "../types.ts";

/**
 * Opens the workspace that `--workspace` names.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `WORKSPACE_NEWER`, `WORKSPACE_INVALID`
 */
export function openNamedWorkspace({ options }: CommandContext): Promise<Workspace> {
  return openWorkspace(options.workspace);
}

/** The workspace, or nothing where there is none and the command can do without. */
export async function workspaceIfThere(context: CommandContext): Promise<Workspace | undefined> {
  try {
    return await openNamedWorkspace(context);
  } catch (error) {
    if (isKind(error, workspaceErrors.WORKSPACE_NOT_FOUND)) return undefined;
    throw error;
  }
}

/**
 * The configuration as a command sees it: user's file, the workspace's, and environment variables.
 *
 * @param workspace Absent where there is none yet.
 * @param more Defaults that depend on shipped data, and what options of the command say.
 * @throws `CONFIG_KEY_UNKNOWN`, `CONFIG_VALUE_INVALID`, `CONFIG_NEWER`, `DATA_INVALID`
 */
export async function readConfig(
  { env }: Pick<CommandContext, "env">,
  workspace?: Workspace,
  { defaults, flags }: Pick<ConfigLayers, "defaults" | "flags"> = {},
): Promise<readonly ConfigEntry[]> {
  const directory = userConfigDirectory(env);
  const { layout, facts } = workspace ?? {};
  return resolveConfig({
    defaults: {
      ...(layout && { models_dir: layout.defaultModels, uv_cache_dir: layout.uvCache }),
      ...defaults,
    },
    user: { path: userConfigFile(directory), settings: await readUserConfig(directory) },
    workspace: layout && facts && { path: layout.workspaceFile, settings: facts.settings },
    env,
    flags,
  });
}

/** How a command takes locks: whose they are, how long to wait, and what people are told meanwhile. */
export interface LockSettings {
  readonly command: string;
  readonly timeoutMs: number;
  readonly onWait: (owner: LockOwner | undefined) => void;
  readonly clock: CommandContext["clock"];
  readonly signal: AbortSignal;
}

/** The lock settings of a command, from its context and the configuration. */
export function lockSettings(
  { clock, signal, report }: CommandContext,
  config: readonly ConfigEntry[],
  command: string,
): LockSettings {
  return {
    command,
    timeoutMs: Number(configValue(config, "lock_timeout")) * 1000,
    onWait: (owner) => {
      const who = owner
        ? `"comfydock ${owner.command}" (process ${owner.pid})`
        : "another comfydock";
      report.emit({ kind: "logged", level: "INFO", message: `Waiting for ${who}` });
    },
    clock,
    signal,
  };
}
