import { isAbsolute, join, relative, sep } from "node:path";
import { baseErrors, fileError, isKind, readBytesBounded } from "../../base/mod.ts";

const MAX_BYTES = 1024 ** 2;

/** A file of a pack, or why it was not read. */
export type PackFile =
  | { readonly kind: "read"; readonly bytes: Uint8Array }
  | { readonly kind: "missing" | "refused"; readonly why: string };

/**
 * Gives the path of a file that another file of a pack names, inside the pack.
 *
 * @param from The naming file, relative to the pack.
 * @param written As it names it; backslashes are taken for slashes.
 * @returns With forward slashes; `undefined` for what leaves the pack.
 */
export function pathInPack(from: string, written: string): string | undefined {
  const path = written.replaceAll("\\", "/");
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path) || /[\p{Cc}]/u.test(path)) return undefined;
  const segments = from.split("/").slice(0, -1);
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.length === 0 ? undefined : segments.join("/");
}

/**
 * Reads a file of a pack, unless a link leads out of the pack to it.
 *
 * @param tree The pack.
 * @param path From {@linkcode pathInPack}.
 * @throws `FILE_UNREADABLE` for what is there and cannot be read
 */
export async function readPackFile(tree: string, path: string): Promise<PackFile> {
  const file = join(tree, ...path.split("/"));
  try {
    const [root, real] = await Promise.all([Deno.realPath(tree), Deno.realPath(file)]);
    const inside = relative(root, real);
    if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      return { kind: "refused", why: "it leads out of the pack" };
    }
    if (!(await Deno.stat(real)).isFile) return { kind: "refused", why: "it is no file" };
    return { kind: "read", bytes: await readBytesBounded(real, MAX_BYTES) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return { kind: "missing", why: "it is not in the pack" };
    }
    if (error instanceof Deno.errors.FilesystemLoop) {
      return { kind: "refused", why: "its links lead in a circle" };
    }
    if (isKind(error, baseErrors.FILE_TOO_LARGE)) {
      return { kind: "refused", why: `it is larger than ${MAX_BYTES} bytes` };
    }
    throw fileError("Cannot read", file, error);
  }
}
