import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { foldName } from "../../workspace/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { changeNodes } from "./change.ts";
import { removalsOf, type RemoveOptions } from "./remove.ts";
import type { NodeReport } from "./types.ts";

/** Which packs nothing needs, and which are needed by whom. */
export interface PrunePlan {
  readonly unneeded: readonly ManifestNode[];
  readonly needed: readonly {
    readonly node: ManifestNode;
    /** Keys of tracked workflows; empty for packs in development, which are never pruned. */
    readonly by: readonly string[];
  }[];
  /** How many workflows are tracked. */
  readonly workflows: number;
}

/** Decides which node packs no tracked workflow needs. */
export function planPrune({ nodes, workflows }: Manifest): PrunePlan {
  const tracked = Object.values(workflows);
  const needed: PrunePlan["needed"][number][] = [];
  const unneeded: ManifestNode[] = [];
  for (const node of Object.values(nodes)) {
    const names = [node.id, node.registryId ?? node.id].map(foldName);
    const by = tracked
      .filter(({ requires }) => requires.nodes.some((id) => names.includes(foldName(id))))
      .map(({ key }) => key);
    if (by.length > 0 || node.source === "development") needed.push({ node, by });
    else unneeded.push(node);
  }
  return { unneeded, needed, workflows: tracked.length };
}

/** Reads which node packs no tracked workflow needs. */
export async function readPrunePlan(world: EnvironmentWorld): Promise<PrunePlan> {
  return planPrune((await readEnvironmentState(world)).manifest);
}

/**
 * Removes the node packs that no tracked workflow needs.
 *
 * @throws `BISECT_ACTIVE`, and what a change of the manifest throws; nothing has changed then
 */
export async function pruneNodes(
  world: EnvironmentWorld,
  { sync, dryRun }: RemoveOptions = {},
): Promise<NodeReport> {
  return await changeNodes(world, {
    command: "node prune",
    verb: "Prune",
    decide: ({ manifest }) =>
      Promise.resolve({ changes: removalsOf(planPrune(manifest).unneeded) }),
    sync,
    dryRun,
  });
}
