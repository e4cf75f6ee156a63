import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readBytesBounded } from "../../../base/mod.ts";
import type { CheckFacts } from "../../../templates/checks/mod.ts";
import { type FileAddress, galleryOf } from "../../../templates/reports/mod.ts";

/** What a page may carry: one picture, and all together, in bytes. */
const ONE_PICTURE = 512 * 1024;
const ALL_PICTURES = 32 * 1024 ** 2;

/** Addresses of thumbnails for a page that stays beside the repository. */
export function relativeAddresses(page: string, directory: string): FileAddress {
  const path = relative(dirname(resolve(page)), directory).replaceAll("\\", "/");
  // On another drive there is no way from here to there.
  const base = /^[A-Za-z]:/.test(path)
    ? pathToFileURL(directory).href
    : path.split("/").map(encodeURIComponent).join("/");
  return (name) => `${base}/${encodeURIComponent(name)}`;
}

/** Thumbnails as parts of the page; those that are large, or come after too many, are left out. */
export async function embeddedAddresses(
  facts: CheckFacts,
  directory: string,
): Promise<FileAddress> {
  const found = new Map<string, string>();
  let left = ALL_PICTURES;
  for (const { file, shown } of galleryOf(facts, [])) {
    const size = file === undefined ? 0 : facts.files.get(file)?.size ?? 0;
    if (file === undefined || shown !== "picture" || size > ONE_PICTURE || size > left) continue;
    left -= size;
    const content = await readBytesBounded(join(directory, file), ONE_PICTURE);
    const extension = file.slice(file.lastIndexOf(".") + 1).replace("jpg", "jpeg");
    const { Buffer } = await import("node:buffer");
    found.set(
      file,
      `data:image/${extension};base64,${Buffer.from(content).toString("base64")}`,
    );
  }
  return (name) => found.get(name);
}
