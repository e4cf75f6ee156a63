import { chooseActive, withLock, type Workspace, WORKSPACE_LOCK } from "../../workspace/mod.ts";
import type { Session } from "../types.ts";
import { lockSettings, readConfig } from "../workspace/mod.ts";
import { settingsRequest } from "./request.ts";

/**
 * Makes an environment the active one; `undo` takes it back.
 *
 * @param name Of an environment that exists.
 * @throws `LOCKED`, `CONFIG_VALUE_INVALID`, `FILE_UNWRITABLE`
 */
export async function activateEnvironment(
  session: Session,
  workspace: Workspace,
  name: string,
): Promise<void> {
  const settings = lockSettings(session, await readConfig(session, workspace), "use");
  await withLock(workspace.layout, WORKSPACE_LOCK, settings, async (lock) => {
    await chooseActive(settingsRequest(session, workspace.layout, { lock, command: "use" }), name);
  });
}
