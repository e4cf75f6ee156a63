import { dirname } from "node:path";
import { isKind } from "../../base/mod.ts";
import {
  type ObtainedNode,
  obtainRecorded,
  placeNode,
  storeErrors,
  targetOfManifest,
} from "../../nodes/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { copyTree, type EnvironmentLayout } from "../../workspace/mod.ts";
import { collect } from "../nodes/collect.ts";
import { nodePlaces } from "../nodes/places.ts";
import { stampTree } from "../nodes/tree_state.ts";
import type { EnvironmentWorld } from "../types.ts";

/** A node pack of the manifest, and what became of it. */
export interface RestoredNode {
  readonly id: string;
  /** SHA-256 of the files that were placed; absent for packs in development and missing ones. */
  readonly treeSha256?: string;
  /** `missing` packs are in development or local, and their files did not come along. */
  readonly state: "placed" | "missing";
}

/** A node pack whose files are on this machine. */
export interface ReadyNode {
  readonly node: ManifestNode;
  /** Absent for packs in development, and for those that are missing. */
  readonly obtained?: ObtainedNode;
  /** Of a pack in development: where its files lie; absent when they did not come along. */
  readonly path?: string;
}

/**
 * Gets the files of all node packs: those that came along are checked and kept in the store.
 *
 * @param packed Absolute paths of the files that came along, by id.
 * @throws what {@linkcode obtainRecorded} throws
 */
export async function restoreNodes(
  world: EnvironmentWorld,
  { nodes }: Pick<Manifest, "nodes">,
  packed: ReadonlyMap<string, string>,
): Promise<readonly ReadyNode[]> {
  const get = async (node: ManifestNode): Promise<ReadyNode> => {
    const path = packed.get(node.id);
    if (node.source === "development") return { node, path };
    if (path === undefined) return { node, obtained: await obtainUnpacked(world, node) };
    const obtained = await obtainRecorded(world, { ...node, source: "local" }, path);
    return { node, obtained: { ...obtained, target: targetOfManifest(node, path) } };
  };
  const options = { label: "Getting node packs", nameOf: ({ id }: ManifestNode) => id };
  return (await collect(world, Object.values(nodes), get, options)).results;
}

/** A local pack is nowhere else: where it is not here either, the environment is made without its files. */
async function obtainUnpacked(
  world: EnvironmentWorld,
  node: ManifestNode,
): Promise<ObtainedNode | undefined> {
  try {
    return await obtainRecorded(world, node);
  } catch (error) {
    if (node.source === "local" && isKind(error, storeErrors.NODE_NOT_STORED)) return undefined;
    throw error;
  }
}

/**
 * Puts the files of node packs into an environment that is being built.
 *
 * @throws `NODE_DIRECTORY_INVALID`, `NODE_TREE_DIFFERS`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function placeRestored(
  world: EnvironmentWorld,
  staged: EnvironmentLayout,
  ready: readonly ReadyNode[],
): Promise<readonly RestoredNode[]> {
  const placed: RestoredNode[] = [];
  for (const { node, obtained, path } of ready) {
    const { id, enabled } = node;
    const places = nodePlaces(staged, node);
    const target = enabled ? places.enabled : places.disabled;
    await Deno.mkdir(dirname(target), { recursive: true });
    if (!obtained) {
      if (path !== undefined) await copyTree(path, target);
      placed.push({ id, state: path === undefined ? "missing" : "placed" });
      continue;
    }
    await placeNode(world, obtained, target);
    const { treeSha256, directory } = obtained;
    if (treeSha256 !== undefined) {
      await stampTree(world, { path: target, directory, tree: treeSha256 });
    }
    world.checkpoints.reach("restore:node-placed");
    placed.push({ id, treeSha256, state: "placed" });
  }
  return placed.sort((a, b) => a.id < b.id ? -1 : 1);
}
