import { type OpenedEnvironment, openEnvironment } from "../../session/environment/mod.ts";
import { environmentLayout, findEnvironment, type Workspace } from "../../workspace/reading/mod.ts";
import type { CommandContext } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";

/**
 * Opens the workspace and the environment that `--env` names, or the active one.
 *
 * @throws `WORKSPACE_NOT_FOUND`, `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NONE_ACTIVE`, `CONFIG_VALUE_INVALID`
 */
export async function commandEnvironment(context: CommandContext): Promise<OpenedEnvironment> {
  const workspace = await openNamedWorkspace(context);
  const environment = await findEnvironment(workspace, context.options.env);
  return await openEnvironment(context, workspace, environment);
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
): Promise<OpenedEnvironment> {
  return await openEnvironment(context, workspace, environmentLayout(workspace.layout, name));
}
