import { mapConcurrent } from "../../base/mod.ts";
import { packClasses } from "../../comfyui/classes/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { nodePlaces } from "./places.ts";
import type { NodeChange } from "./types.ts";

/** Two enabled packs that declare node classes of the same names, of which ComfyUI keeps those it loads last. */
export interface ClassRivals {
  /** Ids, sorted. */
  readonly packs: readonly [string, string];
  /** Sorted. */
  readonly classes: readonly string[];
}

const AT_ONCE = 4;

/**
 * Finds the packs that come in and declare classes which another enabled pack declares, too; their sources are read,
 * never run.
 *
 * @param manifest With the changes.
 * @returns Each pair once, in the order of the ids.
 */
export async function findClassRivals(
  world: EnvironmentWorld,
  manifest: Manifest,
  changes: readonly NodeChange[],
): Promise<readonly ClassRivals[]> {
  const coming = new Map(changes.flatMap((change) => comesIn(change) ? [[change.id, change]] : []));
  const nodes = Object.values(manifest.nodes).filter(({ enabled }) => enabled);
  if (coming.size === 0 || nodes.length < 2) return [];
  const read = async (node: ManifestNode) => {
    const path = await sourceOf(world, node, coming.get(node.id));
    const names = path && await packClasses(world.workspace, path, node.treeSha256);
    return { id: node.id, names: names || new Set<string>() };
  };
  const { signal } = world;
  const packs = await Array.fromAsync(mapConcurrent(nodes, read, { limit: AT_ONCE, signal }));
  packs.sort((a, b) => (a.id < b.id ? -1 : 1));
  return packs.flatMap((one, at) =>
    packs.slice(at + 1).flatMap((other): readonly ClassRivals[] => {
      if (!coming.has(one.id) && !coming.has(other.id)) return [];
      const classes = [...one.names].filter((name) => other.names.has(name)).sort();
      return classes.length === 0 ? [] : [{ packs: [one.id, other.id], classes }];
    })
  );
}

function comesIn({ action, after }: NodeChange): boolean {
  return action !== "kept" && after !== undefined && after.enabled;
}

/** Where the files of a pack can be read; nothing when they are not here. */
async function sourceOf(
  { environment }: EnvironmentWorld,
  node: ManifestNode,
  change: NodeChange | undefined,
): Promise<string | undefined> {
  const { enabled, disabled } = nodePlaces(environment, node);
  for (const path of [change?.obtained?.tree, enabled, disabled]) {
    if (path !== undefined && await lookAt(path)) return path;
  }
  return undefined;
}

const NAMED = 5;

/** Tells about packs that declare the same classes. */
export function warnOfRivals(
  { report }: EnvironmentWorld,
  rivals: readonly ClassRivals[],
): void {
  for (const { packs: [one, other], classes } of rivals) {
    const more = classes.length - NAMED;
    const names = classes.slice(0, NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
    const message = `${one} and ${other} both have the node ${
      classes.length === 1 ? "class" : "classes"
    } ${names}: ComfyUI keeps what it loads last; comfydock node disable ${other} leaves no doubt`;
    report.emit({ kind: "warned", code: "NODE_CLASSES_SHARED", message });
  }
}
