import { isKind } from "../../base/mod.ts";
import { openWorkspace, type Workspace, workspaceErrors } from "../../workspace/reading/mod.ts";
import type { CommandContext } from "../types.ts";

export { type LockSettings, lockSettings, readConfig } from "../../session/workspace/mod.ts";

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
