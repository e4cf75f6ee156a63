import { join } from "node:path";
import type { ComfyUISource } from "../../comfyui/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import type { SyncForecast } from "../../tools/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import type { BundleContent } from "../types.ts";
import {
  findPlatform,
  type LockedPackage,
  readLockedPackages,
  readWheelName,
} from "../wheels/mod.ts";
import { forecastPackages } from "./forecast.ts";
import { findBuilds, type PackageFacts, unweighed, weighPackages, wheelsOn } from "./packages.ts";
import { askSizes } from "./sizes.ts";
import type { ImportSizes } from "./types.ts";

/** What an import would fetch besides packages. */
export interface FetchedParts {
  /** Addresses of archives, by the ids of their node packs. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly comfyui: { readonly source: ComfyUISource; readonly commit: string };
  /** Such as `3.12`. */
  readonly python?: string;
}

/**
 * Finds out how large what an import fetches is: from the lock, from uv's cache, and from servers where one is reachable.
 *
 * @param named What messages call the bundle.
 * @throws `INTERRUPTED`, `DATA_INVALID`, `FILE_UNWRITABLE`
 */
export async function weighImport(
  world: EnvironmentWorld,
  content: BundleContent,
  named: string,
  { nodes, comfyui, python }: FetchedParts,
): Promise<ImportSizes> {
  const { manifestText, lockText } = content;
  const { git, workspace } = world;
  const mirror = join(workspace.comfyuiMirrors, comfyui.source.mirror);
  const hasComfyUI = await lookAt(join(mirror, "HEAD")) !== undefined &&
    await git.resolve(mirror, comfyui.commit) === comfyui.commit;
  const forecast = lockText === undefined
    ? undefined
    : await forecastPackages(world, { manifestText, lockText }, python);
  const packages = lockText === undefined ? [] : readLockedPackages(lockText, `${named}: uv.lock`);
  const facts = { platform: findPlatform(), python, along: packedNames(content) };
  const needed = neededOf(packages, forecast, facts);
  const sizes = await askSizes(world, [...unweighed(needed, facts), ...nodes.values()]);
  const weighed = lockText === undefined
    ? undefined
    : weighPackages(needed, { ...facts, missing: forecast?.downloads, sizes });
  return {
    packages: weighed,
    outOfReach: world.offline && forecast ? weighed?.fetched ?? 0 : 0,
    // What was built once lies in the cache, too.
    builds: forecast?.downloads === 0 ? [] : findBuilds(needed, facts),
    nodes: new Map(
      [...nodes].flatMap(([id, url]) => {
        const size = sizes.get(url);
        return size === undefined ? [] : [[id, size] as const];
      }),
    ),
    hasComfyUI,
  };
}

/** Names of the packages whose wheels come along. */
export function packedNames({ wheels }: Pick<BundleContent, "wheels">): ReadonlySet<string> {
  return new Set(
    [...wheels?.files.keys() ?? []].flatMap((file) => readWheelName(file)?.name ?? []),
  );
}

/** Of a version that a lock has from several indexes, the one with a wheel for this machine counts. */
function neededOf(
  packages: readonly LockedPackage[],
  forecast: SyncForecast | undefined,
  machine: Pick<PackageFacts, "platform" | "python">,
): readonly LockedPackage[] {
  if (!forecast) return packages;
  const found = forecast.changes.filter(({ action }) => action !== "removed").flatMap(
    ({ name, version }) => {
      const named = packages.filter((one) => one.name === name);
      const listed = named.filter((one) => one.version === version);
      return listed.find((one) => wheelsOn(one, machine).length > 0) ?? listed[0] ??
        named.find(({ source }) => source.kind !== "registry") ?? [];
    },
  );
  return [...new Set(found)];
}
