import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import type { RootRequest } from "../../models/mod.ts";
import {
  configValue,
  environmentLayout,
  listEnvironments,
  type Workspace,
} from "../../workspace/reading/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext } from "../types.ts";
import {
  type LockSettings,
  lockSettings,
  openNamedWorkspace,
  readConfig,
} from "../workspace/access.ts";

/** A workspace as commands on models see it. */
export interface ModelWorkspace {
  readonly workspace: Workspace;
  /** The directory that all environments share. */
  readonly models: string;
  /** How locks are taken. */
  readonly lock: LockSettings;
}

/**
 * Opens the workspace that `--workspace` names, with its directory of models.
 *
 * @param command The command, for whoever waits for its locks.
 * @throws `WORKSPACE_NOT_FOUND`, `CONFIG_VALUE_INVALID`
 */
export async function modelWorkspace(
  context: CommandContext,
  command: string,
): Promise<ModelWorkspace> {
  const workspace = await openNamedWorkspace(context);
  const config = await readConfig(context, workspace);
  return {
    workspace,
    models: String(configValue(config, "models_dir")),
    lock: lockSettings(context, config, command),
  };
}

/**
 * Where models are looked for: what is named, or the workspace's directory and those of its environments.
 *
 * @param named Directories.
 * @param besides A directory that is searched as well, whether others are named or not.
 * @throws `OPTION_VALUE_INVALID` for a directory without a name, which would be the current one
 */
export async function scanRequest(
  { workspace: { layout }, models }: ModelWorkspace,
  { named, besides = [], env }: Pick<RootRequest, "named" | "env"> & {
    readonly besides?: readonly string[];
  },
): Promise<RootRequest> {
  if (named.includes("")) throw namelessDirectory();
  if (named.length > 0) return { named: [...named, ...besides], usual: [], env };
  const names = await listEnvironments(layout);
  const usual = names.map((name) => environmentLayout(layout, name).comfyui)
    .flatMap((comfyui) => [join(comfyui, "models"), join(comfyui, "extra_model_paths.yaml")]);
  return { named: besides, usual: [models, ...usual], env };
}

function namelessDirectory(): ComfydockError {
  return new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    'Cannot scan "": it is no name of a directory',
    { hint: "Name a directory, or none for the standard locations" },
  );
}
