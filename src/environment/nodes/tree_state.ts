import { join } from "node:path";
import { hashTree } from "../../nodes/disk/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { type FileFacts, listFiles, sameContent } from "./files.ts";
import { readTreeStamp, type TreeStamp, writeTreeStamp } from "./stamp.ts";

/** What a directory holds, against the tree that should be there. */
export type TreeState =
  /** Its files are those of a tree; `extra` ones are not in it, and are somebody's. */
  | { readonly kind: "tree"; readonly tree: string; readonly extra: readonly string[] }
  | {
    readonly kind: "changed";
    /** Files that differ or are missing, paths with forward slashes. */
    readonly changed: readonly string[];
    readonly extra: readonly string[];
  }
  /** There is nothing to compare it with. */
  | { readonly kind: "unknown" };

/** A directory that is looked at. */
export interface TreeQuestion {
  /** Absolute. */
  readonly path: string;
  /** The name of the directory of the pack. */
  readonly directory: string;
  /** SHA-256 of the tree that should be there; absent when the manifest does not say. */
  readonly expected?: string;
  /** Reads every file, whatever its size and time say. */
  readonly thorough?: boolean;
}

/**
 * Tells whether a directory holds the tree that it should: by sizes and times where they are known, else by content.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function readTreeState(
  { workspace, environment }: EnvironmentWorld,
  { path, directory, expected, thorough = false }: TreeQuestion,
): Promise<TreeState> {
  const files = listFiles(path);
  const stamp = await readTreeStamp(workspace, environment.name, directory);
  if (stamp && !thorough && sameFacts(stamp, files)) {
    return { kind: "tree", tree: stamp.tree, extra: strangers(files, stamp.files) };
  }
  const candidates = new Set([expected, stamp?.tree].filter((tree) => tree !== undefined));
  let changed: TreeState = { kind: "unknown" };
  for (const tree of candidates) {
    const stored = join(workspace.nodeStore, tree, "tree");
    if (!await lookAt(stored)) continue;
    const found = await compareWithStore(path, files, stored);
    if (found.changed.length === 0) {
      const known = new Map([...files].filter(([file]) => !found.extra.includes(file)));
      await writeTreeStamp(workspace, environment.name, directory, { tree, files: known });
      return { kind: "tree", tree, extra: found.extra };
    }
    if (changed.kind === "unknown") changed = { kind: "changed", ...found };
  }
  if (changed.kind === "unknown" && expected !== undefined && await hashTree(path) === expected) {
    await writeTreeStamp(workspace, environment.name, directory, { tree: expected, files });
    return { kind: "tree", tree: expected, extra: [] };
  }
  if (changed.kind === "unknown" && stamp) {
    // The store has let go of it: what has another size or time than before counts as changed.
    return {
      kind: "changed",
      changed: differing(stamp, files),
      extra: strangers(files, stamp.files),
    };
  }
  return changed;
}

/** Notes that a directory has just been filled with a tree; `extra` files in it are not of that tree. */
export async function stampTree(
  { workspace, environment }: EnvironmentWorld,
  { path, directory, tree, extra = [] }: {
    readonly path: string;
    readonly directory: string;
    readonly tree: string;
    readonly extra?: readonly string[];
  },
): Promise<void> {
  const files = new Map([...listFiles(path)].filter(([file]) => !extra.includes(file)));
  await writeTreeStamp(workspace, environment.name, directory, { tree, files });
}

function sameFacts(stamp: TreeStamp, files: ReadonlyMap<string, FileFacts>): boolean {
  return differing(stamp, files).length === 0;
}

function differing({ files: known }: TreeStamp, files: ReadonlyMap<string, FileFacts>): string[] {
  return [...known].filter(([path, { size, modified }]) => {
    const now = files.get(path);
    return now?.size !== size || now.modified !== modified;
  }).map(([path]) => path);
}

function strangers(
  files: ReadonlyMap<string, FileFacts>,
  known: ReadonlyMap<string, FileFacts>,
): string[] {
  return [...files.keys()].filter((path) => !known.has(path));
}

/**
 * Compares the files of a directory with a tree of the store, byte by byte.
 *
 * @param files What {@linkcode listFiles} says of the directory.
 */
export async function compareWithStore(
  path: string,
  files: ReadonlyMap<string, FileFacts>,
  stored: string,
): Promise<{ readonly changed: readonly string[]; readonly extra: readonly string[] }> {
  const wanted = listFiles(stored);
  const changed: string[] = [];
  for (const [file, { size }] of wanted) {
    const same = files.get(file)?.size === size &&
      await sameContent(join(path, file), join(stored, file));
    if (!same) changed.push(file);
  }
  return { changed, extra: strangers(files, wanted) };
}
