import { cannotPack } from "./faults.ts";
import type { LockedSource } from "./locked_source.ts";
import type { Platform } from "./platform.ts";
import type { LockedFile, LockedPackage } from "./read_lock.ts";
import { fits, readWheelName } from "./wheel_name.ts";

/** A package that a platform needs. */
export interface NeededPackage {
  readonly name: string;
  /** Or the address that uv names while it does not know the version. */
  readonly version: string;
}

/** A file to fetch. */
export interface WantedFile extends LockedFile {
  /** The index that lists it; absent for what is named by its own address. */
  readonly index?: string;
}

/** A package that a wheel has to be built of; building runs code of it. */
export interface PlannedBuild {
  readonly name: string;
  readonly version: string;
  /** A source distribution, or a commit of a repository. */
  readonly from: SourceArchive | SourceCommit;
  /** Where the wheel has to run. */
  readonly platforms: readonly Platform[];
}

/** An archive with sources. */
export interface SourceArchive extends WantedFile {
  /** Where in it the package lies. */
  readonly subdirectory?: string;
}

/** A commit with sources. */
export interface SourceCommit {
  readonly url: string;
  readonly commit: string;
  /** Where in it the package lies. */
  readonly subdirectory?: string;
}

/** What packing the packages of a lock takes. */
export interface WheelPlan {
  /** Wheels to fetch, by name. */
  readonly wheels: readonly WantedFile[];
  /** What wheels have to be built of, by name. */
  readonly builds: readonly PlannedBuild[];
}

/**
 * Chooses what the packages of a lock are packed from: all wheels that run there, else what one is built of.
 *
 * @param packages Of the lock.
 * @param needed What each platform needs.
 * @param python Version of the Python, such as `3.12`.
 * @throws `BUNDLE_INCOMPLETE` for what has neither, or lies in a directory of this machine
 */
export function planWheels(
  packages: readonly LockedPackage[],
  needed: ReadonlyMap<Platform, readonly NeededPackage[]>,
  python: string,
): WheelPlan {
  const wheels = new Map<string, WantedFile>();
  const builds = new Map<string, PlannedBuild>();
  for (const [platform, names] of needed) {
    for (const wanted of names) {
      const candidates = findLocked(packages, wanted);
      const [locked] = candidates;
      const fitting = candidates.flatMap((one) =>
        wheelsFor(one, platform, python).map((file) => ({ ...file, index: indexOf(one.source) }))
      );
      for (const wheel of fitting) wheels.set(wheel.file, wheel);
      if (fitting.length > 0) continue;
      const from = candidates.map(sourcesOf).find((sources) => sources);
      if (!from) {
        throw cannotPack(locked.name, `it has no wheel for ${platform.name}, and no sources`);
      }
      const { name, version } = locked;
      const platforms = [...builds.get(name)?.platforms ?? [], platform];
      builds.set(name, { name, version, from, platforms });
    }
  }
  const byName = <Item>(all: Map<string, Item>) =>
    [...all].sort(([a], [b]) => a < b ? -1 : 1).map(([, item]) => item);
  return { wheels: byName(wheels), builds: byName(builds) };
}

/** The wheels of a locked package that run on a platform. */
export function wheelsFor(
  { wheels }: Pick<LockedPackage, "wheels">,
  platform: Platform,
  python: string,
): readonly LockedFile[] {
  return wheels.filter(({ file }) => {
    const wheel = readWheelName(file);
    return wheel !== undefined && fits(wheel, platform, python);
  });
}

/** A lock has one version of several indexes where markers say which counts on which platform. */
function findLocked(
  packages: readonly LockedPackage[],
  { name, version }: NeededPackage,
): readonly [LockedPackage, ...LockedPackage[]] {
  const named = packages.filter((one) => one.name === name);
  const listed = named.filter((one) => one.version === version);
  const [first, ...more] = listed.length > 0
    ? listed
    : named.filter(({ source }) => source.kind !== "registry");
  if (!first) throw cannotPack(name, "uv.lock does not name it", "Run comfydock lock first");
  for (const { source } of [first, ...more]) {
    if (source.kind === "local") {
      throw cannotPack(
        name,
        `it lies at "${source.path}", where no other machine has it`,
        "Put it into a git repository or on an index, add it from there, or leave --offline-packages out",
      );
    }
    if (source.kind === "git" && source.lfs) {
      throw cannotPack(name, "its files are kept by git-lfs");
    }
  }
  return [first, ...more];
}

function indexOf(source: LockedSource): string | undefined {
  return source.kind === "registry" ? source.index : undefined;
}

function sourcesOf({ source, sdist }: LockedPackage): PlannedBuild["from"] | undefined {
  if (source.kind === "git") {
    const { url, commit, subdirectory } = source;
    return { url, commit, subdirectory };
  }
  if (!sdist) return undefined;
  const subdirectory = source.kind === "url" ? source.subdirectory : undefined;
  return { ...sdist, subdirectory, index: indexOf(source) };
}
