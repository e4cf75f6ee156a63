import { invalidBundle } from "../faults.ts";
import type { BundleFile, CheckedWheels } from "../types.ts";
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
  if (listed.length === 0) return { files: new Map(), built: [] };
  if (lockText === undefined || python === undefined) {
    throw invalidBundle(where, "its wheels are for no uv.lock and no Python");
  }
  const packages = readLockedPackages(lockText, `${where}: uv.lock`);
  const files = new Map<string, BundleFile>();
  const built = new Set<string>();
  for (const file of listed) {
    const name = file.path.replace(/^wheels\//, "");
    const { isBuilt, id } = judge(name, file, { packages, python, where });
    files.set(name, file);
    if (isBuilt) built.add(id);
  }
  return { files, built: [...built].sort() };
}

function judge(
  name: string,
  { path, sha256 }: BundleFile,
  { packages, python, where }: {
    readonly packages: readonly LockedPackage[];
    readonly python: string;
    readonly where: string;
  },
): { readonly isBuilt: boolean; readonly id: string } {
  const wheel = readWheelName(name);
  if (!wheel) throw invalidBundle(where, `"${path}" has no place in a bundle`, path);
  const versions = packages.filter((one) => one.name === wheel.name);
  const listed = versions.flatMap(({ wheels }) => wheels).find(({ file }) => file === name);
  if (listed && (listed.sha256 ?? sha256) !== sha256) {
    throw invalidBundle(where, `"${path}" is not the wheel of its uv.lock`, path);
  }
  // A build may write the version in another form, such as 1.0 for 1.0.0; uv compares them when it installs.
  const isBuilt = !listed &&
    versions.some((locked) => locked.sdist && isNeeded(wheel, locked, python));
  if (!listed && !isBuilt) {
    throw invalidBundle(where, `"${path}" is no wheel of its uv.lock`, path);
  }
  return { isBuilt, id: wheel.name };
}

/** Whether there is a platform for which the lock names no wheel, and this one is for it. */
function isNeeded(built: WheelName, { wheels }: LockedPackage, python: string): boolean {
  const locked = wheels.flatMap(({ file }) => readWheelName(file) ?? []);
  return platforms.some((platform) =>
    fits(built, platform, python) && !locked.some((wheel) => fits(wheel, platform, python))
  );
}
