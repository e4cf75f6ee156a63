import { ComfydockError } from "../../base/mod.ts";
import {
  checkNewEnvironmentName,
  type EnvironmentLayout,
  listEnvironments,
  lookAt,
  workspaceErrors,
  type WorkspaceLayout,
} from "../../workspace/mod.ts";
import type { ClonePlan, CloneRequest } from "./types.ts";

/**
 * Decides what a clone will be; nothing is changed.
 *
 * @param from The environment that exists.
 * @param to The layout under the new name.
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`
 */
export async function planClone(
  workspace: WorkspaceLayout,
  from: EnvironmentLayout,
  to: EnvironmentLayout,
  { withData, use }: CloneRequest,
): Promise<ClonePlan> {
  checkNewEnvironmentName(to.name, await listEnvironments(workspace));
  if (await lookAt(to.root)) {
    throw new ComfydockError(
      workspaceErrors.ENVIRONMENT_EXISTS,
      `Cannot clone to "${to.name}": "${to.root}" exists`,
      {
        hint: `Choose another name, or move "${to.root}" away`,
        details: { name: to.name, path: to.root },
      },
    );
  }
  const hasLock = await lookAt(from.lockFile) !== undefined;
  return { from: from.name, to: to.name, path: to.root, hasLock, withData, use };
}
