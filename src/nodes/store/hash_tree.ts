import { createHash } from "node:crypto";
import { fileError, mapConcurrent, throwIfAborted } from "../../base/mod.ts";
import { listTree, type TreeEntry, type TreeEntryKind, type TreeOptions } from "./tree_entries.ts";

const FORMAT = "comfydock-tree 1";
const LETTERS: Readonly<Record<TreeEntryKind, string>> = { file: "f", executable: "x", link: "l" };
const FILES_AT_ONCE = 16;
const WHOLE_BYTES = 4 * 1024 ** 2;

/**
 * Hashes the files of a node pack; equal on all systems for equal packs.
 *
 * The digest is the SHA-256 of this text in UTF-8: `comfydock-tree 1` and a NUL, then for each file or link in the order
 * of {@linkcode listTree} its letter (`f` file, `x` executable file, `l` link), a blank, the SHA-256 in hex of its bytes
 * (of a link: of its target's text), a blank, its path, and a NUL. Empty directories, times, owners and all mode bits but
 * the owner's executable bit do not count.
 *
 * @param path The directory.
 * @returns 64 lower-case hex digits.
 * @throws `NODE_TREE_UNSAFE`, `FILE_UNREADABLE`, `INTERRUPTED`
 */
export async function hashTree(path: string, options: TreeOptions = {}): Promise<string> {
  return hashListing(await describeTree(await listTree(path, options), options));
}

/** The text that {@linkcode hashTree} hashes. */
export async function describeTree(
  entries: readonly TreeEntry[],
  { signal }: Pick<TreeOptions, "signal"> = {},
): Promise<string> {
  let text = `${FORMAT}\0`;
  const lines = mapConcurrent(
    entries,
    async (entry) => `${LETTERS[entry.kind]} ${await hashEntry(entry, signal)} ${entry.path}\0`,
    { limit: FILES_AT_ONCE, signal },
  );
  for await (const line of lines) text += line;
  return text;
}

/** The digest of such a text. */
export function hashListing(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** One file of a listing. */
export interface ListedFile {
  readonly kind: TreeEntryKind;
  /** SHA-256 in hex of its bytes. */
  readonly sha256: string;
}

/** Reads the text that {@linkcode hashTree} hashes: files by their path; `undefined` when it is no such text. */
export function parseListing(text: string): ReadonlyMap<string, ListedFile> | undefined {
  const [format, ...lines] = text.split("\0");
  if (format !== FORMAT || lines.pop() !== "") return undefined;
  const files = new Map<string, ListedFile>();
  for (const line of lines) {
    const [, letter, sha256, path] = /^([fxl]) ([0-9a-f]{64}) ([^]+)$/.exec(line) ?? [];
    if (letter === undefined || sha256 === undefined || path === undefined) return undefined;
    const kind = letter === "f" ? "file" : letter === "x" ? "executable" : "link";
    files.set(path, { kind, sha256 });
  }
  return files;
}

async function hashEntry(
  { place, size, target }: TreeEntry,
  signal: AbortSignal | undefined,
): Promise<string> {
  throwIfAborted(signal);
  const hash = createHash("sha256");
  if (target !== undefined) return hash.update(target).digest("hex");
  try {
    if (size <= WHOLE_BYTES) return hash.update(await Deno.readFile(place)).digest("hex");
    using file = await Deno.open(place);
    const piece = new Uint8Array(WHOLE_BYTES);
    for (let read = await file.read(piece); read !== null; read = await file.read(piece)) {
      throwIfAborted(signal);
      hash.update(piece.subarray(0, read));
    }
    return hash.digest("hex");
  } catch (error) {
    throw fileError("Cannot read", place, error);
  }
}
