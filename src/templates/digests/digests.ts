import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  type ConcurrencyOptions,
  fileError,
  sha256Of,
} from "../../base/mod.ts";
import { formatOf, HEAD_BYTES } from "./formats.ts";
import { type CacheVariables, privateDirectory } from "./place.ts";
import { type DigestStore, type KnownFile, readStore, writeStore } from "./store.ts";
import type { Digests, FileFacts } from "./types.ts";

/** How digests are kept. */
export interface DigestOptions {
  /** Whether what is known is kept from one run to the next; default true. */
  readonly cache?: boolean;
  /** Where the user's caches are, for repositories that are not under git. */
  readonly env?: CacheVariables;
}

/** How many files are read at once. */
export const READS_AT_ONCE: ConcurrencyOptions = { limit: 8 };

const WHOLE_BYTES = 32 * 1024 ** 2;
// A file written so shortly ago may be written again within the same tick of its times.
const SETTLED_MS = 50;

/**
 * Opens the digests of a repository's files. They are kept by size, times and number of each file, under `.git` or among
 * the user's caches, never in the working copy.
 *
 * @param root Absolute path of the repository.
 */
export async function openDigests(
  root: string,
  { cache = true, env }: DigestOptions = {},
): Promise<Digests> {
  const directory = cache ? await privateDirectory(root, env) : undefined;
  const path = directory === undefined ? undefined : join(directory, "digests.json");
  const store: DigestStore = path === undefined
    ? { files: new Map(), notes: new Map() }
    : await readStore(path);
  let changed = false;
  const running = new Map<string, Promise<FileFacts | undefined>>();
  const look = async (name: string) => {
    const file = join(root, name);
    const stat = statOf(file);
    if (!stat?.isFile) return undefined;
    const stamp = stampOf(stat);
    const known = store.files.get(name);
    if (known?.stamp === stamp) return known;
    const facts = { stamp, ...await readFacts(file) };
    store.files.delete(name);
    if (isSettled(stat)) store.files.set(name, facts);
    changed = true;
    return facts;
  };
  const facts = (name: string) => {
    const started = running.get(name) ?? look(name);
    running.set(name, started);
    return started;
  };
  return {
    facts,
    async sha256(name) {
      const known = await facts(name);
      if (known) return known.sha256;
      throw new ComfydockError(
        baseErrors.FILE_NOT_FOUND,
        `Cannot read "${join(root, name)}": it does not exist`,
      );
    },
    recall: (name) => store.notes.get(name),
    remember(name, value) {
      store.notes.delete(name);
      store.notes.set(name, value);
      changed = true;
    },
    async save() {
      if (path !== undefined && changed) await writeStore(path, store);
      changed = false;
    },
  };
}

// Without waiting for each: thousands of files are looked at, and their directory entries are in memory.
function statOf(file: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw fileError("Cannot read", file, error);
  }
}

function stampOf({ size, mtime, ctime, ino }: Deno.FileInfo): KnownFile["stamp"] {
  return `${size} ${mtime?.getTime() ?? 0} ${ctime?.getTime() ?? 0} ${ino ?? 0}`;
}

function isSettled({ mtime, ctime }: Deno.FileInfo): boolean {
  const last = Math.max(mtime?.getTime() ?? 0, ctime?.getTime() ?? 0);
  return Math.abs(Date.now() - last) > SETTLED_MS;
}

async function readFacts(file: string): Promise<FileFacts> {
  try {
    const { size } = await Deno.stat(file);
    if (size > WHOLE_BYTES) return await readInPieces(file);
    const bytes = await Deno.readFile(file);
    return factsOf(bytes.length, await sha256Of(bytes), bytes.subarray(0, HEAD_BYTES));
  } catch (error) {
    throw fileError("Cannot read", file, error);
  }
}

async function readInPieces(file: string): Promise<FileFacts> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  let size = 0;
  let head: Uint8Array = new Uint8Array();
  using opened = await Deno.open(file);
  const buffer = new Uint8Array(1024 ** 2);
  for (let read = await opened.read(buffer); read !== null; read = await opened.read(buffer)) {
    if (size === 0) head = buffer.slice(0, Math.min(read, HEAD_BYTES));
    size += read;
    hash.update(buffer.subarray(0, read));
  }
  return factsOf(size, hash.digest("hex"), head);
}

function factsOf(size: number, sha256: string, head: Uint8Array): FileFacts {
  const format = formatOf(head);
  return { size, sha256, ...(format !== undefined && { format }) };
}
