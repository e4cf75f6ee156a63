import type { ManifestNode } from "../../pyproject/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { changeNodes } from "./change.ts";
import { findNode } from "./find_node.ts";
import type { NodeChange, NodeReport } from "./types.ts";

/** How node packs are removed. */
export interface RemoveOptions {
  /** Whether `.venv` follows; by default it does. */
  readonly sync?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Removes node packs with their dependency groups; local changes go to the trash, and what is in development stays where
 * it is.
 *
 * @param named Ids, names or directories, in any case.
 * @throws `NODE_NOT_INSTALLED`, `BISECT_ACTIVE`, and what a change of the manifest throws; nothing has changed then
 */
export async function removeNodes(
  world: EnvironmentWorld,
  named: readonly string[],
  { sync, dryRun }: RemoveOptions = {},
): Promise<NodeReport> {
  return await changeNodes(world, {
    command: "node remove",
    verb: "Remove",
    decide: ({ manifest }) => {
      const nodes = named.map((name) => findNode(manifest, name, "remove"));
      return Promise.resolve({ changes: removalsOf(nodes) });
    },
    sync,
    dryRun,
  });
}

/** The changes that remove packs; each once, in any order of naming them twice. */
export function removalsOf(nodes: readonly ManifestNode[]): readonly NodeChange[] {
  return [...new Set(nodes)].map((node) => ({
    id: node.id,
    name: node.name,
    action: "removed",
    before: node,
    findings: [],
    scripts: [],
  }));
}
