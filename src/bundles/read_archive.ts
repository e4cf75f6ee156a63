import { createHash } from "node:crypto";
import { type ArchiveItem, type ArchiveLimits, readArchive } from "../archive/mod.ts";
import { throwIfAborted } from "../base/mod.ts";
import { parseIndex } from "./bundle_json.ts";
import { invalidBundle } from "./faults.ts";
import { isText, LARGEST_TEXT, LARGEST_TEXTS } from "./places.ts";
import { readContent } from "./read_content.ts";
import { INDEX_NAME } from "./render_index.ts";
import type { BundleContent, BundleFile, BundleIndex } from "./types.ts";

/** Models may be large; that they fit on the disk is looked at before anything is written. */
export const bundleLimits: ArchiveLimits = {
  maxBytes: 8 * 1024 ** 4,
  maxEntryBytes: 1024 ** 4,
  maxEntries: 400_000,
};

/** The content of a bundle's index and small files, all digests compared. */
export interface CheckedArchive {
  readonly index: BundleIndex;
  readonly content: BundleContent;
}

/**
 * Reads a whole bundle once and checks it: paths, sizes, digests, schema, and that its parts belong together; nothing is
 * written.
 *
 * @param path The archive.
 * @throws `BUNDLE_INVALID`, `BUNDLE_SCHEMA_NEWER`, `ARCHIVE_INVALID`, `ARCHIVE_UNSAFE`, `ARCHIVE_TOO_LARGE`,
 * `DATA_INVALID`, `MANIFEST_INVALID`, `FILE_NOT_FOUND`, `INTERRUPTED`
 */
export async function checkArchive(path: string, signal?: AbortSignal): Promise<CheckedArchive> {
  const texts = new Map<string, Uint8Array>();
  const found = new Map<string, BundleFile>();
  let room = LARGEST_TEXTS;
  for await (const item of readArchive(path, { limits: bundleLimits, signal })) {
    throwIfAborted(signal);
    const { entry } = item;
    if (entry.kind === "directory") continue;
    const keeps = isText(entry.path);
    if (keeps && (entry.size > LARGEST_TEXT || (room -= entry.size) < 0)) {
      throw invalidBundle(path, `"${entry.path}" is too large`, entry.path);
    }
    const { file, bytes } = await digest(item, keeps);
    if (bytes) texts.set(entry.path, bytes);
    found.set(entry.path, file);
  }
  const listing = texts.get(INDEX_NAME);
  if (!listing) throw invalidBundle(path, `it holds no ${INDEX_NAME}`);
  const index = parseIndex(listing, path);
  found.delete(INDEX_NAME);
  compare(path, index.files, found);
  const further = index.files.filter((file) => !isText(file.path));
  return { index, content: readContent(texts, further, path, index) };
}

function compare(
  where: string,
  listed: readonly BundleFile[],
  found: Map<string, BundleFile>,
): void {
  for (const { path, size, sha256, executable } of listed) {
    const file = found.get(path);
    if (!file) throw invalidBundle(where, `"${path}" is missing`, path);
    if (file.size !== size || file.sha256 !== sha256) {
      throw invalidBundle(where, `"${path}" is not as ${INDEX_NAME} says`, path);
    }
    if (file.executable !== executable) {
      throw invalidBundle(where, `the mode of "${path}" is not as ${INDEX_NAME} says`, path);
    }
    found.delete(path);
  }
  const [extra] = found.keys();
  if (extra !== undefined) {
    throw invalidBundle(where, `"${extra}" is not listed in ${INDEX_NAME}`, extra);
  }
}

async function digest(
  { entry: { path, size, executable }, pipeTo }: ArchiveItem,
  keeps: boolean,
): Promise<{ readonly file: BundleFile; readonly bytes?: Uint8Array }> {
  const hash = createHash("sha256");
  const bytes = keeps ? new Uint8Array(size) : undefined;
  let at = 0;
  await pipeTo(
    new WritableStream({
      write(chunk) {
        hash.update(chunk);
        bytes?.set(chunk, at);
        at += chunk.length;
      },
    }),
  );
  return { file: { path, size: at, sha256: hash.digest("hex"), executable }, bytes };
}
