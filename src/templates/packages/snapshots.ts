import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import type { Git, GitTreeEntry } from "../../tools/git/mod.ts";
import { pathList, type RepositoryFiles, workingFiles } from "../repository/mod.ts";

/** The files of a repository at one point, with what tells their contents apart. */
export interface Snapshot extends RepositoryFiles {
  /** The id that git gives to the content of a file; nothing where there is no such file. */
  idOf(path: string): Promise<string | undefined>;
  /** In bytes; 0 where there is no such file. */
  sizeOf(path: string): number;
  /** Whether git knows that a file is another one than that of the same path on the other side. */
  isChanged(path: string): boolean;
}

/** A commit and the working copy, or another commit. */
export interface SnapshotPair {
  /** Absent where there is no commit to compare with. */
  readonly before?: Snapshot;
  readonly now: Snapshot;
}

/**
 * Opens the two sides of a comparison. git tells which files differ, so that only those are read and hashed.
 *
 * @param commit What is compared with; nothing before the first release.
 * @param committed Whether HEAD is compared instead of the working copy.
 */
export async function openSnapshots(
  git: Git,
  root: string,
  commit: string | undefined,
  { committed = false, label = "base" }: { committed?: boolean; label?: string } = {},
): Promise<SnapshotPair> {
  if (committed) {
    const head = await git.headCommit(root);
    const [tree, now = new Map()] = await Promise.all(
      [commit, head].map((one) => one === undefined ? undefined : readTree(git, root, one)),
    );
    return {
      before: tree && fromTree(git, root, label, tree),
      now: fromTree(git, root, "HEAD", now),
    };
  }
  const [tree, own, differences] = await Promise.all([
    commit === undefined ? undefined : readTree(git, root, commit),
    git.ownFiles(root),
    commit === undefined ? [] : git.differences(root, commit),
  ]);
  const differing = new Map(differences.map(({ path, change }) => [path, change]));
  const isModified = (path: string) => differing.get(path) === "M";
  const there = new Set<string>();
  for (const path of new Set(own)) {
    const known = tree?.has(path) && (!differing.has(path) || isModified(path));
    // The index also names files that were deleted.
    if (known || isFile(root, path)) there.add(path);
  }
  const same = (path: string) =>
    there.has(path) && !differing.has(path) ? tree?.get(path) : undefined;
  return {
    before: tree && fromTree(git, root, label, tree, (path) => same(path) !== undefined),
    now: {
      ...fromDisk(root, there, same, commit?.length === 64 ? "SHA-256" : "SHA-1"),
      isChanged: isModified,
    },
  };
}

type Tree = ReadonlyMap<string, GitTreeEntry>;

async function readTree(git: Git, root: string, commit: string): Promise<Tree> {
  const entries = await git.listTree(root, commit, { sizes: true });
  const files = entries.filter(({ kind }) => kind === "file" || kind === "executable");
  return new Map(files.map((entry) => [entry.path, entry]));
}

/** @param onDisk Tells which files the working copy has alike, where reading them needs no process. */
function fromTree(
  git: Git,
  root: string,
  label: string,
  tree: Tree,
  onDisk: (path: string) => boolean = () => false,
): Snapshot {
  const disk = workingFiles(root);
  return {
    ...pathList(label, tree.keys()),
    async read(path, maxBytes) {
      const entry = tree.get(path);
      if (!entry) return undefined;
      return onDisk(path)
        ? await disk.read(path, maxBytes)
        : await git.readBlob(root, entry.objectId);
    },
    idOf: (path) => Promise.resolve(tree.get(path)?.objectId),
    sizeOf: (path) => tree.get(path)?.size ?? 0,
    isChanged: () => false,
  };
}

function fromDisk(
  root: string,
  there: ReadonlySet<string>,
  same: (path: string) => GitTreeEntry | undefined,
  algorithm: string,
): Omit<Snapshot, "isChanged"> {
  const disk = workingFiles(root);
  const hashed = new Map<string, Promise<string>>();
  const hash = (path: string) => {
    const id = hashed.get(path) ?? blobId(join(root, path), algorithm);
    hashed.set(path, id);
    return id;
  };
  return {
    ...pathList("working copy", there),
    read: async (path, maxBytes) => there.has(path) ? await disk.read(path, maxBytes) : undefined,
    async idOf(path) {
      const known = same(path);
      if (known) return known.objectId;
      return there.has(path) ? await hash(path) : undefined;
    },
    sizeOf: (path) => same(path)?.size ?? (there.has(path) ? sizeOnDisk(join(root, path)) : 0),
  };
}

// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects: the digest of "blob", the size and the content.
async function blobId(file: string, algorithm: string): Promise<string> {
  let content: Uint8Array;
  try {
    content = await Deno.readFile(file);
  } catch (error) {
    throw fileError("Cannot read", file, error);
  }
  const head = new TextEncoder().encode(`blob ${content.length}\0`);
  const whole = new Uint8Array(head.length + content.length);
  whole.set(head);
  whole.set(content, head.length);
  return new Uint8Array(await crypto.subtle.digest(algorithm, whole)).toHex();
}

// Many files are asked for, and at once is many times quicker than one after the other.
function isFile(root: string, path: string): boolean {
  try {
    return Deno.lstatSync(join(root, path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw fileError("Cannot read", join(root, path), error);
  }
}

function sizeOnDisk(file: string): number {
  try {
    return Deno.statSync(file).size;
  } catch (error) {
    throw fileError("Cannot read", file, error);
  }
}
