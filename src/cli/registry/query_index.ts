import { join, resolve } from "node:path";
import { exists } from "../../base/mod.ts";
import {
  type MappingIndex,
  openMappingIndex,
  openStarterExcerpt,
} from "../../mappings/lookups/mod.ts";
import type { WorkspaceNodeIndex } from "../../nodes/index/mod.ts";
import type { CommandContext, OptionValues } from "../types.ts";
import type { queryOptions } from "./options.ts";

/** The options that say which mappings are asked. */
export type QueryFlags = Pick<OptionValues<typeof queryOptions>, "dataDir" | "mappings">;

/**
 * Opens mappings for the look-up of one class: those that were named, else the workspace's, else the starter index.
 *
 * @param use What is asked of them.
 */
export async function withQueryIndex<Result>(
  nodeType: string,
  flags: QueryFlags,
  context: Pick<CommandContext, "options">,
  use: (index: MappingIndex) => Result,
): Promise<Result> {
  const path = mappingsPath(flags);
  if (path !== undefined) return use(await openMappingIndex(path));
  using index = await workspaceIndex(context);
  return use(index ?? await openStarterExcerpt(nodeType));
}

/** The index of the workspace, when it has other data than the starter index; loaded only where there is one. */
export async function workspaceIndex(
  { options: { workspace } }: Pick<CommandContext, "options">,
): Promise<WorkspaceNodeIndex | undefined> {
  if (!await exists(workspace)) return undefined;
  const { workspaceLayout } = await import("../../workspace/layouts/mod.ts");
  const { nodeIndex } = workspaceLayout(resolve(workspace));
  if (!await exists(nodeIndex)) return undefined;
  const { openPublishedIndex } = await import("../../nodes/index/mod.ts");
  return await openPublishedIndex(nodeIndex);
}

/** The file that the options name. */
export function mappingsPath({ mappings, dataDir }: QueryFlags): string | undefined {
  return mappings ?? (dataDir === undefined ? undefined : join(dataDir, "node_mappings.json"));
}
