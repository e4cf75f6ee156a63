import type { ManifestNode } from "../../pyproject/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { type StrangeDirectory, type SurveyedNode, surveyNodes } from "./survey.ts";

/** How a pack is on disk, against what the manifest says. */
export type NodeDiskState =
  | "ok"
  | "missing"
  | "changed"
  | "other_version"
  /** It is enabled and should not be, or the other way round. */
  | "misplaced";

/** A node pack of an environment. */
export interface ListedNode {
  readonly node: ManifestNode;
  readonly state: NodeDiskState;
  /** Absent when it is missing. */
  readonly path?: string;
}

/** Lists the node packs of an environment, sorted by id, and directories that the manifest does not know. */
export async function listNodes(world: EnvironmentWorld): Promise<
  { readonly nodes: readonly ListedNode[]; readonly strangers: readonly StrangeDirectory[] }
> {
  const { manifest } = await readEnvironmentState(world);
  const { nodes, strangers } = await surveyNodes(world, manifest);
  const listed = nodes.map((found) => ({
    node: found.node,
    state: stateOf(found),
    path: found.path,
  }));
  return { nodes: listed.sort((a, b) => (a.node.id < b.node.id ? -1 : 1)), strangers };
}

function stateOf({ node, active, loaded, path, tree, otherVersion }: SurveyedNode): NodeDiskState {
  if (path === undefined) return "missing";
  if (loaded !== active) return "misplaced";
  if (otherVersion !== undefined) return "other_version";
  if (tree?.kind === "changed") return "changed";
  const other = tree?.kind === "tree" && node.treeSha256 !== undefined &&
    tree.tree !== node.treeSha256;
  return other ? "other_version" : "ok";
}
