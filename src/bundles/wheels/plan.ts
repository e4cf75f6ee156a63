import { ComfydockError } from "../../base/mod.ts";
import { bundleErrors } from "../errors.ts";
import type { Platform } from "./platform.ts";
import type { LockedFile, LockedPackage } from "./read_lock.ts";
import { fits, readWheelName } from "./wheel_name.ts";

/** A package that a platform needs. */
export interface NeededPackage {
  readonly name: string;
  readonly version: string;
}

/** What packing the packages of a lock takes. */
export interface WheelPlan {
  /** Wheels to fetch, by name. */
  readonly wheels: readonly LockedFile[];
  /** Source distributions that wheels have to be built from; building runs code of theirs. */
  readonly builds: readonly (NeededPackage & { readonly sdist: LockedFile })[];
}

/**
 * Chooses the files of a lock that its packages are installed from: all wheels that run there, else what one is built
 * from.
 *
 * @param packages Of the lock.
 * @param needed What each platform needs.
 * @param python Version of the Python, such as `3.12`.
 * @throws `BUNDLE_INCOMPLETE` for what has neither, or does not come from an index
 */
export function planWheels(
  packages: readonly LockedPackage[],
  needed: ReadonlyMap<Platform, readonly NeededPackage[]>,
  { python, own }: { readonly python: string; readonly own: Platform },
): WheelPlan {
  const wheels = new Map<string, LockedFile>();
  const builds = new Map<string, WheelPlan["builds"][number]>();
  for (const [platform, names] of needed) {
    for (const { name, version } of names) {
      // A lock has one version of several indexes where markers say which counts on which platform.
      const locked = packages.filter((one) => one.name === name && one.version === version);
      const other = locked.find(({ source }) => source !== "registry");
      if (locked.length === 0 || other) {
        throw cannotPack(name, `it comes from ${other?.source ?? "nowhere that uv.lock names"}`);
      }
      const fitting = locked.flatMap(({ wheels }) => wheels).filter(({ file }) => {
        const wheel = readWheelName(file);
        return wheel !== undefined && fits(wheel, platform, python);
      });
      for (const wheel of fitting) wheels.set(wheel.file, wheel);
      if (fitting.length > 0) continue;
      const sdist = locked.find(({ sdist }) => sdist)?.sdist;
      if (!sdist) throw cannotPack(name, `it has no wheel for ${platform.name}, and no sources`);
      if (platform.name !== own.name) {
        throw cannotPack(name, `it has no wheel for ${platform.name} and can only be built there`);
      }
      builds.set(sdist.file, { name, version, sdist });
    }
  }
  const byName = <Item>(all: Map<string, Item>) =>
    [...all].sort(([a], [b]) => a < b ? -1 : 1).map(([, item]) => item);
  return { wheels: byName(wheels), builds: byName(builds) };
}

function cannotPack(name: string, why: string): ComfydockError {
  return new ComfydockError(
    bundleErrors.BUNDLE_INCOMPLETE,
    `Cannot pack the package ${name}: ${why}`,
    {
      hint: "Take a release with wheels from an index, or leave --offline-packages out",
      details: { package: name },
    },
  );
}
