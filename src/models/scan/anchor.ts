import { relative } from "node:path";
import type { ScanRoot } from "./types.ts";
import { isInside } from "./walk.ts";

/** Roots as the index names them, and what they take the place of. */
export interface AnchoredRoots {
  readonly roots: readonly ScanRoot[];
  /** Directories whose locations are now found from a root above them. */
  readonly swallowed: readonly string[];
}

/**
 * Fits roots to those that the index has, so that no file is in it twice.
 *
 * A root in one that is known becomes a part of that; known ones in a root go over to it.
 *
 * @param roots What is to be scanned.
 * @param known The directories that locations are named from.
 */
export function anchorRoots(
  roots: readonly ScanRoot[],
  known: readonly string[],
): AnchoredRoots {
  const anchored = roots.map((root) => {
    const outer = known.find((directory) =>
      directory !== root.directory && isInside(root.directory, directory)
    );
    if (outer === undefined) return root;
    const { directory, folder, inner } = root;
    return {
      directory: outer,
      below: relative(outer, directory).replaceAll("\\", "/"),
      inner: folder === undefined ? inner : [...inner, { directory, folder }],
    };
  });
  const swallowed = known.filter((directory) =>
    anchored.some((root) => root.directory !== directory && isInside(directory, root.directory))
  );
  return { roots: anchored, swallowed };
}
