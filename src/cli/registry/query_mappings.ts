import { join, resolve } from "node:path";
import { exists, readAsset } from "../../base/mod.ts";
import {
  type MappingIndex,
  mappingIndexOf,
  type NodeMappings,
  openMappingIndex,
  parseMappings,
  readMappings,
} from "../../mappings/mod.ts";
import type { WorkspaceNodeIndex } from "../../nodes/index/mod.ts";
import type { CommandContext, OptionValues } from "../types.ts";
import type { queryOptions } from "./options.ts";

/** The index that comes with comfydock, among the shipped files. */
const STARTER_INDEX = "data/node_mappings.json.gz";

type QueryFlags = Pick<OptionValues<typeof queryOptions>, "dataDir" | "mappings">;

/** Reads all mappings of a query: those that were named, else the workspace's, else the starter index. */
export async function queryMappings(
  flags: QueryFlags,
  context: Pick<CommandContext, "options">,
): Promise<NodeMappings> {
  const path = mappingsPath(flags);
  if (path !== undefined) return await readMappings(path);
  using index = await workspaceIndex(context);
  if (index) return await index.mappings();
  const { gunzipSync } = await import("node:zlib");
  return parseMappings(gunzipSync(await readAsset(STARTER_INDEX)), STARTER_INDEX);
}

/**
 * Opens the mappings of a query for look-ups, which need only a few of their lines; as {@linkcode queryMappings}.
 *
 * @param use What is asked of them.
 */
export async function withQueryIndex<Result>(
  flags: QueryFlags,
  context: Pick<CommandContext, "options">,
  use: (index: MappingIndex) => Result,
): Promise<Result> {
  const path = mappingsPath(flags);
  if (path !== undefined) return use(await openMappingIndex(path));
  using index = await workspaceIndex(context);
  return use(index ?? await mappingIndexOf(await readAsset(STARTER_INDEX), STARTER_INDEX));
}

/** The index of the workspace, when it has other data than the starter index; loaded only where there is one. */
async function workspaceIndex(
  { options: { workspace } }: Pick<CommandContext, "options">,
): Promise<WorkspaceNodeIndex | undefined> {
  if (!await exists(workspace)) return undefined;
  const { workspaceLayout } = await import("../../workspace/mod.ts");
  const { nodeIndex } = workspaceLayout(resolve(workspace));
  if (!await exists(nodeIndex)) return undefined;
  const { openPublishedIndex } = await import("../../nodes/index/mod.ts");
  return await openPublishedIndex(nodeIndex);
}

function mappingsPath({ mappings, dataDir }: QueryFlags): string | undefined {
  return mappings ?? (dataDir === undefined ? undefined : join(dataDir, "node_mappings.json"));
}
