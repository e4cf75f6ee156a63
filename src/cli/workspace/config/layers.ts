import { ComfydockError } from "../../../base/mod.ts";
import {
  openUserSettings,
  openWorkspaceSettings,
  type SettingsFile,
  type WrittenLayer,
} from "../../../session/settings/mod.ts";
import { workspaceErrors } from "../../../workspace/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { workspaceIfThere } from "../access.ts";

export type { WrittenLayer };

/** The input of commands that take `--user` and `--workspace` without a value. */
export type LayerInput<Options = object> = CommandInput<
  Options & { readonly user: boolean; readonly workspace: boolean }
>;

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
  if (layer === "user") return await openUserSettings(context);
  const workspace = await workspaceIfThere(context);
  if (workspace) return openWorkspaceSettings(context, workspace);
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
