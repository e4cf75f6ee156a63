import type { ManifestNode } from "../../pyproject/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { changeNodes } from "./change.ts";
import { findNode } from "./find_node.ts";
import { keptNode } from "./plan.ts";
import type { RemoveOptions } from "./remove.ts";
import type { NodeChange, NodeReport } from "./types.ts";

/**
 * Enables or disables node packs: their directories move out of or into `custom_nodes/.disabled`, and what they ask of
 * Python joins or leaves the resolution.
 *
 * @param named Ids, names or directories, in any case.
 * @param enabled What they shall be.
 * @throws `NODE_NOT_INSTALLED`, `BISECT_ACTIVE`, `PACKAGE_CONFLICT`, and what a change of the manifest throws; nothing
 * has changed then
 */
export async function switchNodes(
  world: EnvironmentWorld,
  named: readonly string[],
  enabled: boolean,
  { sync, dryRun }: RemoveOptions = {},
): Promise<NodeReport> {
  const verb = enabled ? "enable" : "disable";
  return await changeNodes(world, {
    command: `node ${verb}`,
    verb: enabled ? "Enable" : "Disable",
    decide: ({ manifest }) => {
      const nodes = named.map((name) => findNode(manifest, name, verb));
      return Promise.resolve({ changes: [...new Set(nodes)].map((node) => toggle(node, enabled)) });
    },
    sync,
    dryRun,
  });
}

function toggle(node: ManifestNode, enabled: boolean): NodeChange {
  if (node.enabled === enabled) {
    return keptNode(node, `it is ${enabled ? "enabled" : "disabled"} already`);
  }
  const { id, name } = node;
  const action = enabled ? "enabled" : "disabled";
  return { id, name, action, before: node, after: { ...node, enabled }, findings: [], scripts: [] };
}
