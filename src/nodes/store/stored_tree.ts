import { join } from "node:path";
import {
  baseErrors,
  isKind,
  parseJsonText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import { entriesIn } from "../../workspace/disk/mod.ts";
import { describeTree, hashListing, type ListedFile, parseListing } from "./hash_tree.ts";
import { type NodeOrigin, originsText, readOrigins } from "./origins.ts";
import { listTree } from "./tree_entries.ts";

const MAX_LISTING = 64 * 1024 ** 2;
const MAX_RECORD = 1024 ** 2;
const DIGEST = /^[0-9a-f]{64}$/;

/** Where the parts of a stored tree lie. */
export interface StoredTree {
  readonly treeSha256: string;
  /** Holds the three below. */
  readonly directory: string;
  /** The files. */
  readonly tree: string;
  /** The text whose digest names it, see `hashTree`. */
  readonly listing: string;
  /** Where it came from. */
  readonly record: string;
}

/** Names the parts of a stored tree; `directory` need not exist. */
export function storedTree(directory: string, treeSha256: string): StoredTree {
  return {
    treeSha256,
    directory,
    tree: join(directory, "tree"),
    listing: join(directory, "listing"),
    record: join(directory, "origins.json"),
  };
}

/** The trees that a store holds. */
export async function storedTrees(store: string): Promise<readonly StoredTree[]> {
  return (await entriesIn(store))
    .filter(({ name }) => DIGEST.test(name))
    .map(({ name }) => storedTree(join(store, name), name));
}

/** The listing of a stored tree; `undefined` when it is missing or not what the name says. */
export async function readListing(
  { listing, treeSha256 }: StoredTree,
): Promise<{ text: string; files: ReadonlyMap<string, ListedFile> } | undefined> {
  const text = await readOrNothing(listing, MAX_LISTING);
  if (text === undefined || hashListing(text) !== treeSha256) return undefined;
  const files = parseListing(text);
  return files && { text, files };
}

/** Whether every file of a stored tree is what it was when it came in. */
export async function isIntact(stored: StoredTree, signal?: AbortSignal): Promise<boolean> {
  const listing = await readListing(stored);
  if (!listing) return false;
  const kinds = new Map([...listing.files].map(([path, { kind }]) => [path, kind]));
  try {
    const entries = await listTree(stored.tree, { kinds, signal });
    return await describeTree(entries, { signal }) === listing.text;
  } catch (error) {
    // What cannot be read, or is no tree any more, is not what came in.
    if (isKind(error, baseErrors.INTERRUPTED)) throw error;
    return false;
  }
}

/** Where a stored tree came from; nothing when its record cannot be read, which costs a fetch and no more. */
export async function readOriginsOf({ record }: StoredTree): Promise<readonly NodeOrigin[]> {
  try {
    const text = await readOrNothing(record, MAX_RECORD);
    return text === undefined ? [] : readOrigins(parseJsonText(text, record));
  } catch (error) {
    if (isKind(error, baseErrors.DATA_INVALID)) return [];
    throw error;
  }
}

/** Notes one more origin of a stored tree. */
export async function noteOrigin(stored: StoredTree, origin: NodeOrigin): Promise<void> {
  const known = await readOriginsOf(stored);
  const text = JSON.stringify(origin);
  if (known.some((each) => JSON.stringify(each) === text)) return;
  await writeFileAtomic(stored.record, originsText([...known, origin]));
}

async function readOrNothing(path: string, maxBytes: number): Promise<string | undefined> {
  try {
    return await readTextBounded(path, maxBytes);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
}
