import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  isKind,
  mapConcurrent,
  readBytesBounded,
} from "../base/mod.ts";
import { type GitFacts, readGitFacts } from "../nodes/mod.ts";
import type { Git, GitTreeEntry } from "../tools/mod.ts";

/** What a working copy is, found out without changing it. */
export interface WorkingCopy extends GitFacts {
  /** Whether its history was cut off. */
  readonly shallow: boolean;
  /** Files that differ from the commit or are missing; absent where nobody can tell. */
  readonly changed?: readonly string[];
  /** All files of the commit, with forward slashes; absent where nobody can tell. */
  readonly files?: ReadonlySet<string>;
}

const MOST_FILES = 50_000;
/** Larger files are taken for unchanged when they are there, in bytes. */
const LARGEST_FILE = 64 * 1024 ** 2;
const READ_AT_ONCE = 16;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads what a working copy is.
 *
 * `git status` would refresh the index, and may start programs that the repository names. So git only lists the commit,
 * and the files are compared here; other ends of lines do not count.
 *
 * @param apart Names in its top directory that are others' business, such as directories that users fill.
 * @returns Nothing where there is no repository.
 */
export async function readWorkingCopy(
  git: Git,
  directory: string,
  apart: readonly string[] = [],
): Promise<WorkingCopy | undefined> {
  const facts = await readGitFacts(directory);
  if (!facts) return undefined;
  const shallow = await Deno.stat(join(facts.gitDirectory, "shallow")).then(
    () => true,
    () => false,
  );
  if (facts.commit === undefined) return { ...facts, shallow };
  const tree = await listCommit(git, directory, facts.commit);
  if (!tree || tree.length > MOST_FILES) return { ...facts, shallow };
  return {
    ...facts,
    shallow,
    changed: await changedFiles(directory, tree, apart),
    files: new Set(tree.map(({ path }) => path)),
  };
}

/**
 * Compares a directory with the files of a commit.
 *
 * @returns Paths with forward slashes, sorted.
 */
export async function changedFiles(
  directory: string,
  tree: readonly GitTreeEntry[],
  apart: readonly string[] = [],
): Promise<readonly string[]> {
  const files = tree.filter(({ kind, path }) =>
    kind !== "submodule" && !apart.includes(path.split("/", 1)[0]!) && isInner(path)
  );
  const compared = mapConcurrent(
    files,
    async (entry) => await isSame(directory, entry) ? [] : [entry.path],
    { limit: READ_AT_ONCE },
  );
  return (await Array.fromAsync(compared)).flat().sort();
}

async function listCommit(
  git: Git,
  directory: string,
  commit: string,
): Promise<readonly GitTreeEntry[] | undefined> {
  try {
    return await git.listTree(directory, commit);
  } catch (error) {
    // A repository of another user, a damaged one, or no git at all: then nobody can tell.
    if (!(error instanceof ComfydockError) || isKind(error, baseErrors.INTERRUPTED)) throw error;
    return undefined;
  }
}

function isInner(path: string): boolean {
  return !path.split("/").some((part) => part === "" || part === "." || part === "..");
}

async function isSame(directory: string, { path, kind, objectId }: GitTreeEntry): Promise<boolean> {
  const place = join(directory, ...path.split("/"));
  const info = await Deno.lstat(place).catch(() => undefined);
  if (!info) return false;
  // Windows has links as files with the name of the target.
  if (info.isSymlink) {
    const target = new TextEncoder().encode(await Deno.readLink(place));
    return kind === "link" && blobId(target, objectId) === objectId;
  }
  if (!info.isFile) return false;
  if (info.size > LARGEST_FILE) return true;
  const bytes = await readBytesBounded(place, LARGEST_FILE);
  if (blobId(bytes, objectId) === objectId) return true;
  if (!bytes.includes(CARRIAGE_RETURN)) return false;
  return blobId(bytes.filter((byte) => byte !== CARRIAGE_RETURN), objectId) === objectId;
}

// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects; repositories with SHA-256 have longer ids.
function blobId(bytes: Uint8Array, like: string): string {
  return createHash(like.length === 64 ? "sha256" : "sha1")
    .update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
