import { join } from "node:path";
import type { RootRequest } from "../../models/mod.ts";
import {
  configValue,
  environmentLayout,
  listEnvironments,
  type Workspace,
} from "../../workspace/mod.ts";
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

/** Where models are looked for: what is named, or the workspace's directory and those of its environments. */
export async function scanRequest(
  { workspace: { layout }, models }: ModelWorkspace,
  named: readonly string[],
  env: RootRequest["env"],
): Promise<RootRequest> {
  if (named.length > 0) return { named, usual: [], env };
  const names = await listEnvironments(layout);
  const usual = names.map((name) => environmentLayout(layout, name).comfyui)
    .flatMap((comfyui) => [join(comfyui, "models"), join(comfyui, "extra_model_paths.yaml")]);
  return { named: [], usual: [models, ...usual], env };
}
