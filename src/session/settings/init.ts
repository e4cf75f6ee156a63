import {
  applyInit,
  type InitPlan,
  type InitRequest,
  planInit,
  withLock,
  WORKSPACE_LOCK,
} from "../../workspace/mod.ts";
import type { Session } from "../types.ts";
import { lockSettings, readConfig } from "../workspace/mod.ts";

/**
 * Makes a workspace, or adds what is missing in one, which is decided again under its lock.
 *
 * @throws `LOCKED`, `FILE_UNWRITABLE`, `DISK_FULL`, and what planning throws
 */
export async function initWorkspace(
  session: Session,
  plan: InitPlan,
  request: InitRequest,
): Promise<void> {
  if (plan.kind === "create") return await applyInit(plan);
  const settings = lockSettings(session, await readConfig(session), "init");
  await withLock(
    plan.layout,
    WORKSPACE_LOCK,
    settings,
    async () => await applyInit(await planInit(request)),
  );
}
