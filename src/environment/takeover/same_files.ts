import { join } from "node:path";
import { readBytesBounded } from "../../base/mod.ts";
import { listFiles } from "../nodes/files.ts";
import { compareWithStore } from "../nodes/tree_state.ts";

/** How the files of a pack differ from those that can be had. */
export interface FileDifferences {
  /** Files that differ or are missing, paths with forward slashes. */
  readonly changed: readonly string[];
  /** Files that only this machine has. */
  readonly extra: readonly string[];
}

/** Larger files are no texts that git would have given other line ends, in bytes. */
const LARGEST_TEXT = 4 * 1024 ** 2;
/** What packs made and what is copied, in bytes: of one file, and of all of a pack. */
const LARGEST_MADE = 1024 ** 2;
const LARGEST_SUM = 16 * 1024 ** 2;
const CARRIAGE_RETURN = 0x0d;

/**
 * Compares the files of a pack with a tree of the store; other ends of lines, which git writes on Windows, do not count.
 *
 * @param path Absolute path of the pack, only read.
 * @param stored Absolute path of the tree.
 * @throws `FILE_UNREADABLE`
 */
export async function compareFiles(path: string, stored: string): Promise<FileDifferences> {
  const { changed, extra } = await compareWithStore(path, listFiles(path), stored);
  const really: string[] = [];
  for (const file of changed) {
    if (!await isSameText(join(path, file), join(stored, file))) really.push(file);
  }
  return { changed: really, extra };
}

/**
 * Parts files by whether they are small enough to be copied: settings are, what packs download is not.
 *
 * @param files Below `root`, with forward slashes; links count as large.
 */
export async function partBySize(
  root: string,
  files: readonly string[],
): Promise<{ readonly small: readonly string[]; readonly large: readonly string[] }> {
  const small: string[] = [];
  const large: string[] = [];
  let room = LARGEST_SUM;
  for (const file of files) {
    const info = await Deno.lstat(join(root, file)).catch(() => undefined);
    const fits = info?.isFile && info.size <= LARGEST_MADE && (room -= info.size) >= 0;
    (fits ? small : large).push(file);
  }
  return { small, large };
}

async function isSameText(one: string, other: string): Promise<boolean> {
  for (const path of [one, other]) {
    const info = await Deno.lstat(path).catch(() => undefined);
    if (!info?.isFile || info.size > LARGEST_TEXT) return false;
  }
  const [a, b] = await Promise.all([one, other].map((path) => withoutReturns(path)));
  return a!.length === b!.length && a!.every((byte, at) => byte === b![at]);
}

async function withoutReturns(path: string): Promise<Uint8Array> {
  return (await readBytesBounded(path, LARGEST_TEXT)).filter((byte) => byte !== CARRIAGE_RETURN);
}
