import { join, posix } from "node:path";
import { ComfydockError, compareCodePoints, fileError, throwIfAborted } from "../../base/mod.ts";
import { entriesIn } from "../../workspace/disk/mod.ts";
import { storeErrors } from "./errors.ts";

/** What a file of a tree is, as far as it counts. */
export type TreeEntryKind = "file" | "executable" | "link";

/** One file or link of a tree. */
export interface TreeEntry {
  /** Relative, with forward slashes, in Unicode's composed form. */
  readonly path: string;
  /** Where it is. */
  readonly place: string;
  readonly kind: TreeEntryKind;
  /** In bytes. */
  readonly size: number;
  /** What a link says, with forward slashes. */
  readonly target?: string;
}

/** How a tree is read. */
export interface TreeOptions {
  /** Kinds by path, for systems whose files have no executable bit and which write links as files. */
  readonly kinds?: ReadonlyMap<string, TreeEntryKind>;
  /** How many files it may have, and how many directories; by default 50,000. */
  readonly most?: number;
  readonly signal?: AbortSignal;
}

const MAX_ENTRIES = 50_000;
const MAX_BYTES = 4 * 1024 ** 3;
const MAX_DEPTH = 64;

/**
 * Lists what counts of a node pack's files, in the order of their paths (by code points).
 *
 * What git and Python leave behind does not count: `.git`, `__pycache__` and `x.pyc` beside `x.py` at any depth, and
 * ComfyUI-Manager's `.tracking` at the top. A `.pyc` without its source is what Python would run, so it counts.
 *
 * @param root The directory.
 * @throws `NODE_TREE_UNSAFE`, `FILE_UNREADABLE`, `INTERRUPTED`
 */
export async function listTree(
  root: string,
  options: TreeOptions = {},
): Promise<readonly TreeEntry[]> {
  // Links are followed here alone, so that a development pack may be looked at where it is linked.
  await Deno.stat(root).catch((error) => {
    throw fileError("Cannot read", root, error);
  });
  const found: TreeEntry[] = [];
  const room = { bytes: 0, directories: 0 };
  await collect(root, "", 0, found, room, options);
  return found.sort((a, b) => compareCodePoints(a.path, b.path));
}

async function collect(
  directory: string,
  above: string,
  depth: number,
  found: TreeEntry[],
  room: { bytes: number; directories: number },
  options: TreeOptions,
): Promise<void> {
  throwIfAborted(options.signal);
  if (depth > MAX_DEPTH) throw unsafeTree(above, `it is deeper than ${MAX_DEPTH} directories`);
  const { most = MAX_ENTRIES } = options;
  const entries = await entriesIn(directory);
  const names = new Set(entries.map(({ name }) => name));
  for (const { name, isDirectory } of entries) {
    if (!counts(name, names, depth)) continue;
    const path = `${above}${name.normalize("NFC")}`;
    const place = join(directory, name);
    if (isDirectory) {
      if (++room.directories > most) {
        throw unsafeTree(path, `there are over ${most} directories`);
      }
      await collect(place, `${path}/`, depth + 1, found, room, options);
      continue;
    }
    const entry = await readEntry(place, path, options.kinds?.get(path));
    room.bytes += entry.size;
    found.push(entry);
    if (found.length > most) throw unsafeTree(path, `there are over ${most} files`);
    if (room.bytes > MAX_BYTES) throw unsafeTree(path, `there are over ${MAX_BYTES} bytes`);
  }
}

function counts(name: string, names: ReadonlySet<string>, depth: number): boolean {
  if (name === ".git" || name === "__pycache__") return false;
  if (name === ".tracking") return depth > 0;
  return !(name.endsWith(".pyc") && names.has(name.slice(0, -1)));
}

async function readEntry(
  place: string,
  path: string,
  known: TreeEntryKind | undefined,
): Promise<TreeEntry> {
  try {
    const info = await Deno.lstat(place);
    if (info.isSymlink) {
      const target = await Deno.readLink(place);
      const shown = Deno.build.os === "windows" ? target.replaceAll("\\", "/") : target;
      return { path, place, kind: "link", size: 0, target: shown };
    }
    if (!info.isFile) throw unsafeTree(path, "it is neither a file nor a directory");
    if (Deno.build.os === "windows") {
      const target = known === "link" ? { target: await Deno.readTextFile(place) } : {};
      return { path, place, kind: known ?? "file", size: info.size, ...target };
    }
    const kind = ((info.mode ?? 0) & 0o100) !== 0 ? "executable" : "file";
    return { path, place, kind, size: info.size };
  } catch (error) {
    throw fileError("Cannot read", place, error);
  }
}

/**
 * Refuses links that lead out of their tree.
 *
 * @throws `NODE_TREE_UNSAFE`
 */
export function refuseEscapingLinks(entries: readonly TreeEntry[]): void {
  for (const { path, target } of entries) {
    if (target === undefined) continue;
    const lands = posix.normalize(posix.join(posix.dirname(path), target));
    // Behind a name, `..` starts from wherever that name leads to, which may be a link itself.
    const winding = /(?:^|\/)(?!\.\.?(?:\/|$))[^/]+\/(?:.*\/)?\.\.(?:\/|$)/s.test(target);
    const foreign = target.startsWith("/") || /^[a-z]:|\\/i.test(target);
    if (winding || foreign || lands === ".." || lands.startsWith("../")) {
      throw unsafeTree(path, `it is a link that leads out of the pack, to "${target}"`);
    }
  }
}

function unsafeTree(path: string, why: string): ComfydockError {
  return new ComfydockError(
    storeErrors.NODE_TREE_UNSAFE,
    `Cannot take the node pack's ${JSON.stringify(path.slice(0, 200))}: ${why}`,
    { hint: "Do not use this pack as it is; tell its author", details: { path, reason: why } },
  );
}
