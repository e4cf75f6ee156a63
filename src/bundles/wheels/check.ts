import { invalidBundle } from "../faults.ts";
import type { BundleFile, CheckedWheels, WheelOrigin } from "../types.ts";
import { directUrlOf } from "./locked_source.ts";
import { type LockedPackage, readLockedPackages } from "./read_lock.ts";
import { platforms } from "./platform.ts";
import { fits, readWheelName, type WheelName } from "./wheel_name.ts";

/**
 * Sees that the wheels of a bundle are those of its lock; only packages without wheels there may have been built.
 *
 * @param where What messages call the bundle.
 * @throws `BUNDLE_INVALID`
 */
export function checkWheels(
  { lockText, python }: { readonly lockText?: string; readonly python?: string },
  listed: readonly BundleFile[],
  where: string,
): CheckedWheels {
  if (listed.length === 0) return { files: new Map(), built: [], origins: new Map() };
  if (lockText === undefined || python === undefined) {
    throw invalidBundle(where, "its wheels are for no uv.lock and no Python");
  }
  const packages = readLockedPackages(lockText, `${where}: uv.lock`);
  const files = new Map<string, BundleFile>();
  const built = new Set<string>();
  const origins = new Map<string, WheelOrigin>();
  for (const file of listed) {
    const name = file.path.replace(/^wheels\//, "");
    const { isBuilt, locked } = judge(name, file, { packages, python, where });
    files.set(name, file);
    if (isBuilt) built.add(locked.name);
    const directUrl = directUrlOf(locked.source);
    if (directUrl) origins.set(locked.name, { version: locked.version, directUrl });
  }
  return { files, built: [...built].sort(), origins };
}

function judge(
  name: string,
  { path, sha256 }: BundleFile,
  { packages, python, where }: {
    readonly packages: readonly LockedPackage[];
    readonly python: string;
    readonly where: string;
  },
): { readonly isBuilt: boolean; readonly locked: LockedPackage } {
  const wheel = readWheelName(name);
  if (!wheel) throw invalidBundle(where, `"${path}" has no place in a bundle`, path);
  const versions = packages.filter((one) => one.name === wheel.name);
  for (const locked of versions) {
    const listed = locked.wheels.find(({ file }) => file === name);
    if (!listed) continue;
    if ((listed.sha256 ?? sha256) === sha256) return { isBuilt: false, locked };
    throw invalidBundle(where, `"${path}" is not the wheel of its uv.lock`, path);
  }
  // A build may write the version in another form, such as 1.0 for 1.0.0; uv compares them when it installs.
  const locked = versions.find((one) => hasSources(one) && isNeeded(wheel, one, python));
  if (!locked) throw invalidBundle(where, `"${path}" is no wheel of its uv.lock`, path);
  return { isBuilt: true, locked };
}

function hasSources({ sdist, source }: LockedPackage): boolean {
  return source.kind === "git" || (sdist !== undefined && source.kind !== "local");
}

/** Whether there is a platform for which the lock names no wheel, and this one is for it. */
function isNeeded(built: WheelName, { wheels }: LockedPackage, python: string): boolean {
  const locked = wheels.flatMap(({ file }) => readWheelName(file) ?? []);
  return platforms.some((platform) =>
    fits(built, platform, python) && !locked.some((wheel) => fits(wheel, platform, python))
  );
}
