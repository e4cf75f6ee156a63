import {
  fits,
  type LockedFile,
  type LockedPackage,
  type LockedSource,
  type Platform,
  readWheelName,
  wheelsFor,
} from "../wheels/mod.ts";
import type { PackageDownloads, SourceBuild } from "./types.ts";

/** What is known of the machine that packages are fetched for. */
export interface PackageFacts {
  /** Absent where it is none that wheels are known for. */
  readonly platform?: Platform;
  /** Such as `3.12`. */
  readonly python?: string;
  /** Names of packages that come along. */
  readonly along: ReadonlySet<string>;
  /** How many packages the cache does not have, where uv was asked. */
  readonly missing?: number;
  /** Bytes of files that the lock does not tell, by address. */
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Says which packages have to be built, because they have no wheel for a machine and did not come along.
 *
 * @param packages Of the lock.
 */
export function findBuilds(
  packages: readonly LockedPackage[],
  facts: Pick<PackageFacts, "platform" | "python" | "along">,
): readonly SourceBuild[] {
  const builds = new Map<string, SourceBuild>();
  // Of a version that a lock has from several indexes, one with a wheel is enough.
  const ready = new Set(packages.filter((one) => wheelsOn(one, facts).length > 0).map(idOf));
  for (const locked of packages) {
    const { name, source } = locked;
    if (facts.along.has(name) || ready.has(idOf(locked))) continue;
    const from = source.kind === "git" || source.kind === "local"
      ? source.kind
      : source.kind === "url"
      ? "address"
      : "sdist";
    builds.set(name, { name, from, host: hostOf(source) });
  }
  return [...builds.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * Adds up what fetching packages takes; nothing is guessed: what nobody says counts as unknown.
 *
 * @param needed The packages of the lock that the machine needs.
 */
export function weighPackages(
  needed: readonly LockedPackage[],
  facts: PackageFacts,
): PackageDownloads {
  const absent = needed.filter(({ name }) => !facts.along.has(name));
  const fetched = Math.min(facts.missing ?? absent.length, absent.length);
  const shared = { needed: needed.length, fetched };
  if (fetched === 0) return { ...shared, bytes: 0, atMost: false, unknown: 0, hosts: [] };
  const weights = absent.map((locked) => weigh(filesOf(locked, facts), facts.sizes));
  const known = weights.flatMap(({ size }) => size ?? []).sort((a, b) => b - a);
  const unknown = absent.length - known.length;
  // Of the packages that are not fetched nobody says which they are: the largest might be among the others.
  const counted = unknown === 0 ? known.slice(0, fetched) : known;
  return {
    ...shared,
    bytes: counted.reduce((sum, size) => sum + size, 0),
    atMost: facts.missing === undefined || fetched < absent.length ||
      weights.some(({ exact }) => !exact),
    unknown: Math.min(unknown, fetched),
    hosts: [...new Set(absent.flatMap(({ source }) => hostOf(source) ?? []))].sort(),
  };
}

/** Files whose size the lock does not tell: the first of each package that would be fetched. */
export function unweighed(
  needed: readonly LockedPackage[],
  facts: Pick<PackageFacts, "platform" | "python" | "along">,
): readonly string[] {
  return needed.filter(({ name }) => !facts.along.has(name)).flatMap((locked) => {
    const files = filesOf(locked, facts);
    return files.some(({ size }) => size !== undefined) ? [] : files.slice(0, 1);
  }).map(({ url }) => url);
}

function weigh(
  files: readonly LockedFile[],
  sizes: ReadonlyMap<string, number>,
): { readonly size?: number; readonly exact: boolean } {
  const known = files.flatMap(({ size, url }) => size ?? sizes.get(url) ?? []);
  if (known.length === 0) return { exact: true };
  return { size: Math.max(...known), exact: files.length === 1 };
}

/** What uv may take of a package; it chooses one. */
function filesOf(
  locked: LockedPackage,
  facts: Pick<PackageFacts, "platform" | "python">,
): readonly LockedFile[] {
  const wheels = wheelsOn(locked, facts);
  if (wheels.length > 0) return wheels;
  return locked.sdist ? [locked.sdist] : [];
}

/** The wheels of a package that a machine can take. */
export function wheelsOn(
  locked: LockedPackage,
  { platform, python }: Pick<PackageFacts, "platform" | "python">,
): readonly LockedFile[] {
  if (platform && python !== undefined) return wheelsFor(locked, platform, python);
  return platform
    ? locked.wheels.filter(({ file }) => {
      const wheel = readWheelName(file);
      return wheel && SOME_PYTHONS.some((version) => fits(wheel, platform, version));
    })
    : locked.wheels;
}

/** Versions that ComfyUI runs on, for a bundle that does not say its own. */
const SOME_PYTHONS = ["3.9", "3.10", "3.11", "3.12", "3.13", "3.14"];

function idOf({ name, version }: LockedPackage): string {
  return `${name} ${version}`;
}

/** The host of an address, never who may read it. */
export function hostOf(source: LockedSource): string | undefined {
  const address = source.kind === "registry"
    ? source.index
    : source.kind === "git" || source.kind === "url"
    ? source.url
    : "";
  return URL.parse(address)?.host || undefined;
}
