import {
  checkpointsFromEnvironment,
  type HeldLock,
  type SettingsRequest,
  type WorkspaceLayout,
} from "../../workspace/mod.ts";
import type { Session } from "../types.ts";

/** What a change of a workspace's settings is told by a session. */
export function settingsRequest(
  { env, chain, clock, report }: Session,
  layout: WorkspaceLayout,
  { lock, command }: { readonly lock: HeldLock; readonly command: string },
): SettingsRequest {
  const checkpoints = checkpointsFromEnvironment(env);
  return { layout, lock, command, chain, checkpoints, clock, reporter: report };
}
