import { ComfydockError } from "../../base/mod.ts";
import type { Session } from "../../session/mod.ts";
import {
  credentialsFile,
  environmentOfScope,
  findUserConfigDirectory,
  lookAt,
  planUndo,
  userConfigFile,
  WORKSPACE_SCOPE,
  workspaceErrors,
  type WorkspaceLayout,
} from "../../workspace/mod.ts";

/**
 * Refuses to take back a command after which people changed their own settings or tokens, which belong to no workspace.
 *
 * @param scope Whose last command is meant without being named.
 * @throws `UNDO_AMBIGUOUS`, `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`
 */
export async function refuseOwnSettings(
  { env }: Pick<Session, "env">,
  layout: WorkspaceLayout,
  scope: string,
): Promise<void> {
  const directory = findUserConfigDirectory(env);
  // Settings of the workspace cannot be named, and are changed together with one's own.
  const nameable = environmentOfScope(scope) !== undefined || scope === WORKSPACE_SCOPE;
  if (directory === undefined || !nameable) return;
  const { command, at } = await planUndo(layout, scope);
  for (const path of [userConfigFile(directory), credentialsFile(directory)]) {
    const changed = (await lookAt(path))?.mtime?.getTime() ?? 0;
    if (changed <= Date.parse(at)) continue;
    throw new ComfydockError(
      workspaceErrors.UNDO_AMBIGUOUS,
      `Cannot tell what to undo: "${path}" was changed after comfydock ${command}, and is yours to change back`,
      {
        hint: `Run comfydock config set or config unset for it, or comfydock undo --env ${scope} ` +
          `to take back comfydock ${command}`,
        details: { path, command, at, scope },
      },
    );
  }
}
