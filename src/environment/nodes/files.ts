import { join } from "node:path";
import { fileError } from "../../base/mod.ts";

/** A file of a node pack as the file system shows it. */
export interface FileFacts {
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
}

/** Made by programs, and made again by them. */
const MADE_AGAIN = /^(__pycache__|\.git)$/;
/** The list of a pack's files that ComfyUI-Manager keeps at its top. */
const TRACKING = ".tracking";

/**
 * Lists the files below a directory that are somebody's: neither git's own nor what Python makes by itself.
 *
 * @returns Paths with forward slashes, sorted; a link counts as a file.
 * @throws `FILE_UNREADABLE`
 */
export function listFiles(root: string): ReadonlyMap<string, FileFacts> {
  const found: [string, FileFacts][] = [];
  const visit = (inner: string): void => {
    // Thousands of files are asked about, for which waiting in turn takes ten times as long.
    for (const { name, isDirectory } of Deno.readDirSync(join(root, inner))) {
      if (MADE_AGAIN.test(name)) continue;
      const path = inner === "" ? name : `${inner}/${name}`;
      if (path === TRACKING) continue;
      if (isDirectory) {
        visit(path);
        continue;
      }
      const { size, mtime } = Deno.lstatSync(join(root, path));
      found.push([path, { size, modified: mtime?.getTime() ?? 0 }]);
    }
  };
  try {
    visit("");
  } catch (error) {
    throw fileError("Cannot look into", root, error);
  }
  const all = new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  // Without its source, bytecode is what Python runs.
  const made = [...all.keys()].filter((path) =>
    path.endsWith(".pyc") && all.has(path.slice(0, -1))
  );
  for (const path of made) all.delete(path);
  return all;
}

const CHUNK = 1 << 16;

/** Whether two files hold the same bytes, or two links lead to the same. */
export async function sameContent(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([Deno.lstat(a), Deno.lstat(b)]);
  if (one.isSymlink !== other.isSymlink) return false;
  if (one.isSymlink) return await Deno.readLink(a) === await Deno.readLink(b);
  if (one.size !== other.size) return false;
  using left = await Deno.open(a);
  using right = await Deno.open(b);
  const [mine, theirs] = [new Uint8Array(CHUNK), new Uint8Array(CHUNK)];
  for (;;) {
    const [read, length] = await Promise.all([fill(left, mine), fill(right, theirs)]);
    if (read !== length || mine.subarray(0, read).some((byte, at) => byte !== theirs[at])) {
      return false;
    }
    if (read < CHUNK) return true;
  }
}

async function fill(file: Deno.FsFile, buffer: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const read = await file.read(buffer.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return filled;
}
