import { join } from "node:path";
import { fileError, throwIfAborted } from "../../base/mod.ts";
import { entriesIn } from "./exists.ts";

/** How a tree is copied. */
export interface CopyTreeOptions {
  /** Whether files share their content by hard links where the file system allows; by default they do not. */
  readonly hardLinks?: boolean;
  /** Whether an entry is copied; the path is relative with forward slashes. */
  readonly include?: (relativePath: string) => boolean;
  /** Flushes every file, for copies whose source is removed afterwards. */
  readonly flush?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Copies a file or a directory; modes and times are kept, links stay links and are never followed.
 *
 * File systems that can share blocks do so.
 *
 * @param from What to copy.
 * @param to Where to; must not exist.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function copyTree(
  from: string,
  to: string,
  options: CopyTreeOptions = {},
): Promise<void> {
  await copyEntry(from, to, "", options);
}

async function copyEntry(
  from: string,
  to: string,
  relative: string,
  options: CopyTreeOptions,
): Promise<void> {
  throwIfAborted(options.signal);
  try {
    const info = await Deno.lstat(from);
    if (info.isSymlink) await copyLink(from, to);
    else if (info.isDirectory) await copyDirectory(from, to, relative, info, options);
    else if (info.isFile) await copyFile(from, to, info, options);
    else throw new Error("it is neither a file nor a directory");
  } catch (error) {
    throw fileError("Cannot write the copy of", from, error);
  }
}

async function copyDirectory(
  from: string,
  to: string,
  relative: string,
  info: Deno.FileInfo,
  options: CopyTreeOptions,
): Promise<void> {
  await Deno.mkdir(to);
  for (const { name } of await entriesIn(from)) {
    const path = relative === "" ? name : `${relative}/${name}`;
    if (options.include?.(path) ?? true) {
      await copyEntry(join(from, name), join(to, name), path, options);
    }
  }
  await keepFacts(to, info);
}

async function copyFile(
  from: string,
  to: string,
  info: Deno.FileInfo,
  { hardLinks, flush }: CopyTreeOptions,
): Promise<void> {
  if (hardLinks && await tryHardLink(from, to)) return;
  await Deno.copyFile(from, to);
  if (flush) await flushFile(to);
  await keepFacts(to, info);
}

async function tryHardLink(from: string, to: string): Promise<boolean> {
  try {
    await Deno.link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    // Another device, or a file system without hard links.
    return false;
  }
}

async function flushFile(path: string): Promise<void> {
  const file = await Deno.open(path, { read: true, write: Deno.build.os === "windows" });
  try {
    await file.sync();
  } finally {
    file.close();
  }
}

async function copyLink(from: string, to: string): Promise<void> {
  const target = await Deno.readLink(from);
  if (Deno.build.os !== "windows") return await Deno.symlink(target, to);
  const kind = await Deno.stat(from).then((info) => info.isDirectory, () => false);
  await Deno.symlink(target, to, { type: kind ? "junction" : "file" });
}

async function keepFacts(path: string, info: Deno.FileInfo): Promise<void> {
  // Times first: a file that is read-only refuses them on Windows.
  if (info.mtime) await Deno.utime(path, info.atime ?? info.mtime, info.mtime);
  if (info.mode !== null && Deno.build.os !== "windows") {
    await Deno.chmod(path, info.mode & 0o7777);
  }
}
