import { nodeGroupName, normalizePackageName } from "../../pyproject/mod.ts";
import { leadingName } from "./conflict.ts";
import { type LockedDependency, type LockedPackage, readLockGraph } from "./lock_graph.ts";
import type { FitPack } from "./types.ts";

/** Who needs a package, and by which way. */
export interface PackagePull {
  /** Id of the node pack; absent for ComfyUI and the environment itself. */
  readonly pack?: string;
  /** As the pack asks, when it asks itself. */
  readonly requirement?: string;
  /** The packages between; empty when it is asked for directly. */
  readonly via: readonly string[];
}

/** A locked package and all who pull it. */
export interface PulledPackage {
  readonly name: string;
  readonly versions: readonly string[];
  readonly pulls: readonly PackagePull[];
}

/**
 * Tells which pack pulls which version of which package, directly or through others (by the shortest way).
 *
 * @param lockText A `uv.lock`.
 * @param packs Whose groups are in it.
 * @returns The packages that any pack pulls, by name.
 * @throws `DATA_INVALID`
 */
export function listPulls(lockText: string, packs: readonly FitPack[]): readonly PulledPackage[] {
  const { packages, own, groups } = readLockGraph(lockText);
  const byName = Map.groupBy(packages, ({ name }) => name);
  const pulled = new Map<string, PackagePull[]>();
  const note = (roots: readonly LockedDependency[], pack?: FitPack) => {
    for (const [name, via] of reach(roots, byName)) {
      const asked = via.length > 0
        ? undefined
        : pack?.requirements.find(({ requirement }) => leadingName(requirement) === name);
      const pull = { pack: pack?.id, requirement: asked?.requirement, via };
      pulled.set(name, [...pulled.get(name) ?? [], pull]);
    }
  };
  for (const pack of packs) {
    note(groups.get(normalizePackageName(nodeGroupName(pack.id))) ?? [], pack);
  }
  const ofPacks = new Set(pulled.keys());
  note(own);
  return [...ofPacks].sort().map((name) => ({
    name,
    versions: (byName.get(name) ?? []).map(({ version }) => version),
    pulls: pulled.get(name) ?? [],
  }));
}

// Breadth first, so that the first way to a package is a shortest one.
function reach(
  roots: readonly LockedDependency[],
  byName: ReadonlyMap<string, readonly LockedPackage[]>,
): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  let front = roots.map((dependency) => ({ dependency, via: [] as readonly string[] }));
  while (front.length > 0) {
    const next: typeof front = [];
    for (const { dependency: { name, version, extras }, via } of front) {
      if (!ways.has(name)) ways.set(name, via);
      const key = `${name} ${version ?? ""} ${extras.join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const locked of byName.get(name) ?? []) {
        if (version !== undefined && version !== locked.version) continue;
        const needed = [
          ...locked.dependencies,
          ...extras.flatMap((extra) => locked.extras[extra] ?? []),
        ];
        for (const dependency of needed) next.push({ dependency, via: [...via, name] });
      }
    }
    front = next;
  }
  return ways;
}
