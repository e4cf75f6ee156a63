import { readAsset } from "../../base/mod.ts";
import {
  type NodeMappings,
  parseMappings,
  readMappings,
  STARTER_MAPPINGS,
} from "../../mappings/mod.ts";

import type { CommandContext } from "../types.ts";
import { mappingsPath, type QueryFlags, workspaceIndex } from "./query_index.ts";

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
  return parseMappings(gunzipSync(await readAsset(STARTER_MAPPINGS)), STARTER_MAPPINGS);
}
