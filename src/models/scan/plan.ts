import type { LocationRow } from "../index/mod.ts";
import type { FoundFile, FoundFiles, ScanReport, ScanRoot } from "./types.ts";
import { isInside } from "./walk.ts";

/** What differs between a root and the index. */
export interface RootChanges {
  readonly directory: string;
  /** Files that the index does not have at their place. */
  readonly added: readonly FoundFile[];
  /** Files whose size, time or inode differ from what the index has. */
  readonly changed: readonly FoundFile[];
  readonly unchanged: readonly FoundFile[];
  /** Unchanged ones that count to another folder now. */
  readonly refiled: readonly FoundFile[];
  /** Locations where nothing is any more. */
  readonly vanished: readonly LocationRow[];
}

/** What a scan will do: decided from the disk and the index, nothing read or written yet. */
export interface ScanPlan {
  readonly roots: readonly RootChanges[];
  /** Directories whose locations go over to a root above. */
  readonly swallowed: readonly string[];
  readonly found: readonly FoundFiles[];
  readonly problems: ScanReport["problems"];
}

/**
 * Compares what a walk found with what the index has; nothing is read or written.
 *
 * @param found What is below a root.
 * @param rows What the index has below it.
 * @param recursive Whether directories were entered; if not, nothing is known about what lies in them.
 */
export function planRoot(
  { root, files, blind }: FoundFiles,
  rows: readonly LocationRow[],
  recursive: boolean,
): RootChanges {
  const known = new Map(rows.map((row) => [row.relativePath, row]));
  const there = new Set(files.map(({ relativePath }) => relativePath));
  const added: FoundFile[] = [];
  const changed: FoundFile[] = [];
  const unchanged: FoundFile[] = [];
  for (const file of files) {
    const row = known.get(file.relativePath);
    if (!row) added.push(file);
    else (isUnchanged(file, row) ? unchanged : changed).push(file);
  }
  return {
    directory: root.directory,
    added,
    changed,
    unchanged,
    refiled: unchanged.filter((file) => known.get(file.relativePath)?.folder !== file.folder),
    vanished: rows.filter(({ relativePath }) =>
      !there.has(relativePath) && wasSearched(relativePath, root, recursive) &&
      !blind.some((below) => below === "" || isInside(relativePath, below))
    ),
  };
}

function wasSearched(relativePath: string, { below }: ScanRoot, recursive: boolean): boolean {
  if (below !== "" && !isInside(relativePath, below)) return false;
  const rest = below === "" ? relativePath : relativePath.slice(below.length + 1);
  return recursive || !rest.includes("/");
}

function isUnchanged(file: FoundFile, row: LocationRow): boolean {
  const sameInode = file.inode === undefined || row.inode === undefined ||
    file.inode === row.inode;
  return file.size === row.size && file.mtimeNs === row.mtimeNs && sameInode;
}
