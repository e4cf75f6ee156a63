import {
  type ConfigEntry,
  type ConfigLayers,
  findUserConfigDirectory,
  readUserConfig,
  resolveConfig,
  userConfigFile,
  type Workspace,
} from "../../workspace/reading/mod.ts";
import type { Session } from "../types.ts";

/**
 * The settings as they hold: the user's file, the workspace's, and environment variables.
 *
 * @param workspace Absent where there is none yet.
 * @param more Defaults that depend on shipped data, and what options say.
 * @throws `CONFIG_KEY_UNKNOWN`, `CONFIG_VALUE_INVALID`, `CONFIG_NEWER`, `DATA_INVALID`
 */
export async function readConfig(
  { env }: Pick<Session, "env">,
  workspace?: Workspace,
  { defaults, flags }: Pick<ConfigLayers, "defaults" | "flags"> = {},
): Promise<readonly ConfigEntry[]> {
  const directory = findUserConfigDirectory(env);
  const { layout, facts } = workspace ?? {};
  return resolveConfig({
    defaults: {
      ...(layout && { models_dir: layout.defaultModels, uv_cache_dir: layout.uvCache }),
      ...defaults,
    },
    user: directory === undefined
      ? undefined
      : { path: userConfigFile(directory), settings: await readUserConfig(directory) },
    workspace: layout && facts && { path: layout.workspaceFile, settings: facts.settings },
    env,
    flags,
  });
}
