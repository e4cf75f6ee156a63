import { join } from "node:path";
import type { RootRequest } from "../../models/mod.ts";
import {
  configValue,
  environmentLayout,
  listEnvironments,
  type Workspace,
} from "../../workspace/reading/mod.ts";
import type { Session } from "../types.ts";
import { type LockSettings, lockSettings, readConfig } from "../workspace/mod.ts";

/** A workspace as work on models sees it. */
export interface ModelWorkspace {
  readonly workspace: Workspace;
  /** The directory that all environments share. */
  readonly models: string;
  /** How locks are taken. */
  readonly lock: LockSettings;
}

/**
 * A workspace with its directory of models.
 *
 * @param command The work, for whoever waits for its locks.
 * @throws `CONFIG_VALUE_INVALID`
 */
export async function modelWorkspace(
  session: Session,
  workspace: Workspace,
  command: string,
): Promise<ModelWorkspace> {
  const config = await readConfig(session, workspace);
  return {
    workspace,
    models: String(configValue(config, "models_dir")),
    lock: lockSettings(session, config, command),
  };
}

/**
 * Where models are looked for: what is named, or the workspace's directory and those of its environments.
 *
 * @param named Directories.
 * @param besides Directories that are searched as well, whether others are named or not.
 */
export async function scanRequest(
  { workspace: { layout }, models }: Pick<ModelWorkspace, "workspace" | "models">,
  { named, besides = [], env }: Pick<RootRequest, "named" | "env"> & {
    readonly besides?: readonly string[];
  },
): Promise<RootRequest> {
  if (named.length > 0) return { named: [...named, ...besides], usual: [], env };
  const names = await listEnvironments(layout);
  const usual = names.map((name) => environmentLayout(layout, name).comfyui)
    .flatMap((comfyui) => [join(comfyui, "models"), join(comfyui, "extra_model_paths.yaml")]);
  return { named: besides, usual: [models, ...usual], env };
}
