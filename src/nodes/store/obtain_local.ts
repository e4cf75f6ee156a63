import type { NodeTarget, NodeWorld } from "../types.ts";
import { copyEntries } from "./copy_entries.ts";
import type { NodeOrigin } from "./origins.ts";
import { type Staging, storeTree } from "./store.ts";
import type { StoredTree } from "./stored_tree.ts";
import { listTree, refuseEscapingLinks } from "./tree_entries.ts";

/** A pack that lies in a directory of this machine. */
export type LocalTarget = Extract<NodeTarget, { source: "local" | "development" }>;

/**
 * Copies a directory of this machine into the store.
 *
 * @param path Absolute.
 * @throws `NODE_TREE_UNSAFE`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function copyLocalPack(
  world: NodeWorld,
  { id }: LocalTarget,
  path: string,
  staging: Staging,
): Promise<{ readonly stored: StoredTree; readonly origin: NodeOrigin }> {
  const { signal } = world;
  const entries = await listTree(path, { signal });
  refuseEscapingLinks(entries);
  await copyEntries(entries, staging.tree, { as: "shared", signal });
  const origin: NodeOrigin = { kind: "local", id };
  return { stored: await storeTree(world, staging, origin), origin };
}
