import {
  editManifest,
  type Manifest,
  type ManifestEdit,
  type ManifestNode,
  nodeGroupName,
  removeGroup,
  removeNode,
  setGroup,
  setNode,
} from "../../pyproject/mod.ts";
import { requirementsIn } from "../packages/mod.ts";
import type { EnvironmentState } from "../types.ts";
import type { NodeChange, NodePlan } from "./types.ts";

/**
 * Decides how changes of node packs come into the manifest.
 *
 * While a pack is disabled, nothing of it is resolved or installed: what its group held waits in its own entry.
 *
 * @param state What the files of the environment say.
 * @param path The manifest's path, for messages.
 */
export function planNodes(
  { manifestText, manifest }: Pick<EnvironmentState, "manifestText" | "manifest">,
  changes: readonly NodeChange[],
  path: string,
): NodePlan {
  const edits = changes.flatMap((change) => editsOf(manifest, change));
  return { manifestText: editManifest(manifestText, edits, path), changes };
}

function editsOf(
  manifest: Manifest,
  { id, action, after, requirements }: NodeChange,
): readonly ManifestEdit[] {
  if (action === "kept") return [];
  const group = nodeGroupName(id);
  if (!after) return [removeNode(id), removeGroup(group)];
  const wanted = requirements?.map(({ requirement }) => requirement) ??
    requirementsOf(manifest, id);
  if (!after.enabled) {
    return [setNode({ ...after, disabledRequirements: wanted }), removeGroup(group)];
  }
  return [
    setNode({ ...after, disabledRequirements: undefined }),
    wanted.length === 0 ? removeGroup(group) : setGroup(group, wanted),
  ];
}

/** What a pack of the manifest asks of Python, whether it is enabled or not. */
export function requirementsOf(manifest: Manifest, id: string): readonly string[] {
  const node = manifest.nodes[id];
  if (node && !node.enabled && node.disabledRequirements) return node.disabledRequirements;
  return requirementsIn(manifest, { kind: "group", group: nodeGroupName(id) });
}

/** A change for which there is nothing to do. */
export function keptNode(node: ManifestNode, why: string): NodeChange {
  const { id, name } = node;
  return { id, name, action: "kept", before: node, after: node, findings: [], scripts: [], why };
}
