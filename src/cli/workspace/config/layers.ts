import { ComfydockError } from "../../../base/mod.ts";
import {
  readUserConfig,
  type Settings,
  type SettingValue,
  updateWorkspace,
  userConfigDirectory,
  userConfigFile,
  withLock,
  withSetting,
  WORKSPACE_LOCK,
  workspaceErrors,
  writeUserSetting,
} from "../../../workspace/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { lockSettings, readConfig, workspaceIfThere } from "../access.ts";

/** The files that settings are written to. */
export type WrittenLayer = "user" | "workspace";

/** The input of commands that take `--user` and `--workspace` without a value. */
export type LayerInput<Options = object> = CommandInput<
  Options & { readonly user: boolean; readonly workspace: boolean }
>;

/** A file of settings and what it says. */
export interface SettingsFile {
  readonly layer: WrittenLayer;
  readonly path: string;
  readonly settings: Settings;
  /** Writes one setting, or takes it out. */
  write(key: string, value: SettingValue | undefined): Promise<void>;
}

/** The layer that the command names. */
export function namedLayer({ options }: LayerInput): WrittenLayer | undefined {
  if (options.user && options.workspace) {
    throw new ComfydockError(
      cliErrors.OPTION_VALUE_INVALID,
      "Cannot take both --user and --workspace",
      { hint: "Give one of them" },
    );
  }
  return options.user ? "user" : options.workspace ? "workspace" : undefined;
}

/**
 * Opens the file of a layer.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `CONFIG_NEWER`, `DATA_INVALID`
 */
export async function openSettings(
  layer: WrittenLayer,
  context: CommandContext,
): Promise<SettingsFile> {
  return layer === "user" ? await openUser(context) : await openWorkspaces(context);
}

async function openUser({ env }: CommandContext): Promise<SettingsFile> {
  const directory = userConfigDirectory(env);
  return {
    layer: "user",
    path: userConfigFile(directory),
    settings: await readUserConfig(directory),
    write: (key, value) => writeUserSetting(directory, key, value),
  };
}

async function openWorkspaces(context: CommandContext): Promise<SettingsFile> {
  const workspace = await workspaceIfThere(context);
  if (!workspace) {
    const { workspace: path } = context.options;
    throw new ComfydockError(
      workspaceErrors.WORKSPACE_NOT_FOUND,
      `Cannot open the settings of the workspace "${path}": there is none`,
      {
        hint: "Give --user for your own settings, or run comfydock init first",
        details: { path },
      },
    );
  }
  const { layout, facts } = workspace;
  return {
    layer: "workspace",
    path: layout.workspaceFile,
    settings: facts.settings,
    async write(key, value) {
      const locking = lockSettings(context, await readConfig(context), "config set");
      await withLock(layout, WORKSPACE_LOCK, locking, async (lock) => {
        await updateWorkspace(layout, lock, (now) => withSetting(now, key, value));
      });
    },
  };
}
