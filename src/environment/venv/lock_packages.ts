/** The versions of every package that a lock names; forks of a resolution give a package several. */
export type LockPackages = ReadonlyMap<string, readonly string[]>;

const PACKAGE =
  /^\[\[package\]\]\r?\nname = "([^"\r\n]+)"\r?\n(?:version = "([^"\r\n]+)"\r?\n)?(?:source = \{([^\r\n]*)\})?/gm;

/**
 * Reads the names and versions of a `uv.lock`, which uv writes in one form; the project itself is left out.
 *
 * @param lockText The text of the lock; without one there are no packages.
 */
export function readLockPackages(lockText: string | undefined): LockPackages {
  const found = new Map<string, string[]>();
  for (const [, name = "", version = "", source = ""] of (lockText ?? "").matchAll(PACKAGE)) {
    if (/^\s*(virtual|editable) = "\."\s*$/.test(source)) continue;
    const versions = found.get(name) ?? [];
    found.set(name, [...versions, version]);
  }
  return found;
}

/** A package whose locked versions differ between two locks. */
export interface LockChange {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What differs between two locks, by name. */
export function diffLocks(before: LockPackages, after: LockPackages): readonly LockChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => ({
    name,
    before: before.get(name) ?? [],
    after: after.get(name) ?? [],
  })).filter((change) => change.before.join() !== change.after.join());
}
