import { exists } from "../../base/mod.ts";
import type { NodeIndexOptions } from "../../nodes/index/mod.ts";
import { type ConfigEntry, configValue, type Workspace } from "../../workspace/reading/mod.ts";
import type { Session } from "../types.ts";
import { readConfig } from "../workspace/mod.ts";

/** A published file is small, and who waits for a search shall not wait for five repetitions. */
const RETRIES = 1;

/** The mappings that `registry pull` has left in a workspace. */
async function pulledMappings(workspace: Workspace | undefined): Promise<string | undefined> {
  const path = workspace?.layout.pulledMappings;
  return path !== undefined && await exists(path) ? path : undefined;
}

/** How the node index is opened; without a workspace it is made in memory. */
export async function nodeIndexOptions(
  session: Session,
  workspace: Workspace | undefined,
  config?: readonly ConfigEntry[],
): Promise<NodeIndexOptions> {
  const source = configValue(config ?? await readConfig(session, workspace), "mappings_url") ??
    await pulledMappings(workspace);
  const { report, signal, clock } = session;
  return {
    workspace: workspace?.layout,
    ...(source === undefined ? {} : { source: String(source) }),
    http: () => session.http({ retries: RETRIES }),
    clock,
    report,
    signal,
  };
}
