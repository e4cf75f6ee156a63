/** A file, link or submodule of a commit. */
export interface GitTreeEntry {
  /** With forward slashes. */
  readonly path: string;
  readonly kind: "file" | "executable" | "link" | "submodule";
  /** The blob; of a submodule, its commit. */
  readonly objectId: string;
  /** In bytes, where it was asked for; a submodule has none. */
  readonly size?: number;
}

const KINDS: Readonly<Record<string, GitTreeEntry["kind"]>> = {
  "100644": "file",
  // Of old repositories.
  "100664": "file",
  "100755": "executable",
  "120000": "link",
  "160000": "submodule",
};

/** Reads `git ls-tree -r -z`; a mode that git does not write any more is a file's. */
export function parseGitTree(output: string): readonly GitTreeEntry[] {
  const entries: GitTreeEntry[] = [];
  for (const record of output.split("\0")) {
    const [, mode, objectId, size, path] =
      /^(\d{6}) \w+ ([0-9a-f]+)(?: +(\d+|-))?\t([^]+)$/.exec(record) ?? [];
    if (mode === undefined || objectId === undefined || path === undefined) continue;
    entries.push({
      path,
      kind: KINDS[mode] ?? "file",
      objectId,
      ...(size !== undefined && size !== "-" && { size: Number(size) }),
    });
  }
  return entries;
}
