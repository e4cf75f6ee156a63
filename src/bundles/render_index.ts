import { VERSION } from "../base/mod.ts";
import type { BundleIndex } from "./types.ts";

/** Name of the file that lists all others; it is the last of an archive, because digests are known when all is read. */
export const INDEX_NAME = "bundle.json";

/** The schema of that file. */
export const INDEX_SCHEMA = 1;

/** Writes `bundle.json`: keys and files in a fixed order. */
export function renderIndex({ kind, name, files }: Omit<BundleIndex, "tool">): string {
  const head = { schema: INDEX_SCHEMA, tool: `comfydock ${VERSION}`, kind, name };
  const listed = files.map(({ path, size, sha256, executable }) =>
    JSON.stringify({ path, size, sha256, ...(executable ? { executable } : {}) })
  );
  const open = JSON.stringify(head, null, 2).replace(/\n\}$/, ",");
  return `${open}\n  "files": [${listed.map((line) => `\n    ${line}`).join(",")}\n  ]\n}\n`;
}
