import { join } from "node:path";
import { readAsset } from "../../base/mod.ts";
import {
  type MappingIndex,
  mappingIndexOf,
  type NodeMappings,
  openMappingIndex,
  parseMappings,
  readMappings,
} from "../../mappings/mod.ts";
import type { OptionValues } from "../types.ts";
import type { queryOptions } from "./options.ts";

/** The index that comes with comfydock, among the shipped files. */
const STARTER_INDEX = "data/node_mappings.json.gz";

type QueryFlags = Pick<OptionValues<typeof queryOptions>, "dataDir" | "mappings">;

/** Reads all mappings of a query. */
export async function queryMappings(flags: QueryFlags): Promise<NodeMappings> {
  const path = mappingsPath(flags);
  if (path !== undefined) return await readMappings(path);
  const { gunzipSync } = await import("node:zlib");
  return parseMappings(gunzipSync(await readAsset(STARTER_INDEX)), STARTER_INDEX);
}

/** Opens the mappings of a query for look-ups, which need only a few of their lines. */
export async function queryIndex(flags: QueryFlags): Promise<MappingIndex> {
  const path = mappingsPath(flags);
  if (path !== undefined) return await openMappingIndex(path);
  return await mappingIndexOf(await readAsset(STARTER_INDEX), STARTER_INDEX);
}

function mappingsPath({ mappings, dataDir }: QueryFlags): string | undefined {
  return mappings ?? (dataDir === undefined ? undefined : join(dataDir, "node_mappings.json"));
}
