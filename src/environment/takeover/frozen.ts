import type { TakenPackage } from "./types.ts";

/** What `pip freeze` wrote, in parts. */
export interface FrozenPackages {
  readonly packages: readonly TakenPackage[];
  /** Lines that name a place instead of a version; nothing of them is followed. */
  readonly elsewhere: readonly string[];
}

const MOST_LINES = 10_000;
const LINE = /^([A-Za-z0-9][A-Za-z0-9._-]{0,199})\s*===?\s*([A-Za-z0-9][A-Za-z0-9.+!_-]{0,99})$/;
const NAME = /^([A-Za-z0-9][A-Za-z0-9._-]{0,199})\s*@\s/;

/**
 * Reads lines of `pip freeze`: `name==version`; what was installed from a path or a repository is told apart.
 *
 * @param lines Hostile; what cannot be read is passed over.
 */
export function parseFrozen(lines: readonly string[]): FrozenPackages {
  const packages: TakenPackage[] = [];
  const elsewhere: string[] = [];
  for (const line of lines.slice(0, MOST_LINES)) {
    const text = line.replace(/\s+#.*$|\s*;.*$/s, "").trim();
    const [, name, version] = LINE.exec(text) ?? [];
    if (name !== undefined && version !== undefined) {
      packages.push({ name, version });
      continue;
    }
    // Only the name is told: addresses may hold credentials, paths name a machine.
    const other = NAME.exec(text)?.[1] ?? /#egg=([\w.-]{1,200})/.exec(text)?.[1];
    if (other !== undefined) elsewhere.push(other);
  }
  return { packages, elsewhere };
}
