import type { Digests } from "../digests/mod.ts";
import type { RepositoryFiles } from "../repository/mod.ts";
import { differenceHash } from "./difference_hash.ts";
import type { PictureHash } from "./types.ts";

/** The formats whose pictures are decoded, as the digests call them. */
const DECODED: ReadonlySet<string> = new Set(["webp", "png", "jpg", "gif"]);
const MAX_BYTES = 64 * 1024 ** 2;
// Raised whenever the same picture gets another hash.
const METHOD = "difference hash 1";

/**
 * Hashes pictures by how they look; those of formats that are not decoded, such as films, are left out.
 *
 * What a picture's content gave is kept with the digests, so that a file that did not change costs nothing.
 *
 * @param paths Below the root, with forward slashes.
 */
export async function hashPictures(
  files: RepositoryFiles,
  digests: Digests,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, PictureHash>> {
  const hashes = new Map<string, PictureHash>();
  for (const path of paths) {
    const facts = await digests.facts(path);
    if (!facts?.format || !DECODED.has(facts.format)) continue;
    const name = `${METHOD} ${facts.sha256}`;
    const known = parseHash(digests.recall(name));
    const hash = known ?? await hashPicture(files, path, facts.size, facts.format);
    if (!known && hash) digests.remember(name, printHash(hash));
    if (hash) hashes.set(path, hash);
  }
  return hashes;
}

async function hashPicture(
  files: RepositoryFiles,
  path: string,
  size: number,
  format: string,
): Promise<PictureHash | undefined> {
  if (size > MAX_BYTES) return { kind: "broken", why: `${size} bytes are too many` };
  const file = await files.read(path, MAX_BYTES);
  if (!file) return undefined;
  const { decodePicture } = await import("./decode.ts");
  const { pixels, why } = await decodePicture(file, format);
  if (!pixels) return { kind: "broken", why };
  const hash = differenceHash(pixels);
  return hash === undefined ? { kind: "flat" } : { kind: "hash", hash };
}

/** A hash as it is kept: its digits, nothing for one colour, or a mark and why there is none. */
function printHash(hash: PictureHash): string {
  return hash.kind === "hash" ? hash.hash : hash.kind === "flat" ? "" : `!${hash.why}`;
}

function parseHash(kept: unknown): PictureHash | undefined {
  if (typeof kept !== "string") return undefined;
  if (kept === "") return { kind: "flat" };
  if (kept.startsWith("!")) return { kind: "broken", why: kept.slice(1) };
  return /^[0-9a-f]{32}$/.test(kept) ? { kind: "hash", hash: kept } : undefined;
}
