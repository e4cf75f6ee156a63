import type { Remote } from "../../../environment/remotes/mod.ts";

/** What `remote add` and `remote remove` tell. */
export interface RemoteChangeData {
  readonly dry_run: boolean;
  readonly remote: Remote;
}
