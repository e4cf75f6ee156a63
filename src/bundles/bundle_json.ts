import { createPathGuard } from "../archive/mod.ts";
import {
  ComfydockError,
  invalidData,
  optional,
  parseJsonBytes,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
  VERSION,
} from "../base/mod.ts";
import { bundleErrors } from "./errors.ts";
import { invalidBundle } from "./faults.ts";
import type { BundleFile, BundleIndex } from "./types.ts";

/** Name of the file that lists all others; it is the last of an archive, because digests are known when all is read. */
export const INDEX_NAME = "bundle.json";

const SCHEMA = 1;
const LARGEST_FILES = 200_000;
/** What may be in a bundle; anything else is refused, so that nothing goes unnoticed. */
const PLACES =
  /^(?:pyproject\.toml|uv\.lock|\.python-version|\.comfydockignore|(?:workflows|models|comfyui|wheels)\/.+|nodes\/[^/]+\/.+)$/su;

/** Writes `bundle.json`: keys and files in a fixed order. */
export function renderIndex({ kind, name, files }: Omit<BundleIndex, "tool">): string {
  const head = { schema: SCHEMA, tool: `comfydock ${VERSION}`, kind, name };
  const listed = files.map(({ path, size, sha256, executable }) =>
    JSON.stringify({ path, size, sha256, ...(executable ? { executable } : {}) })
  );
  const open = JSON.stringify(head, null, 2).replace(/\n\}$/, ",");
  return `${open}\n  "files": [${listed.map((line) => `\n    ${line}`).join(",")}\n  ]\n}\n`;
}

/**
 * Reads `bundle.json`.
 *
 * @param where What messages call it.
 * @throws `BUNDLE_INVALID`, `BUNDLE_SCHEMA_NEWER`, `DATA_INVALID`, `ARCHIVE_UNSAFE`
 */
export function parseIndex(bytes: Uint8Array, where: string): BundleIndex {
  const data = readRecord(parseJsonBytes(bytes, where), "$");
  const schema = readNumber(data.schema, "$.schema");
  if (schema > SCHEMA) {
    throw new ComfydockError(
      bundleErrors.BUNDLE_SCHEMA_NEWER,
      `Cannot read ${where}: its schema ${schema} is newer than ${SCHEMA}`,
      { hint: "Run comfydock self update", details: { schema, known: SCHEMA } },
    );
  }
  if (schema !== SCHEMA) throw invalidData("$.schema", `the number ${SCHEMA}`, schema);
  const kind = readText(data.kind, "$.kind");
  if (kind !== "environment" && kind !== "workflow") {
    throw invalidData("$.kind", "environment or workflow", kind);
  }
  const listed = readList(data.files, "$.files");
  if (listed.length > LARGEST_FILES) throw invalidBundle(where, "it lists too many files");
  const guard = createPathGuard();
  const files = listed.map((value, at) => {
    const file = readFile(value, `$.files[${at}]`);
    if (guard.accept(file.path, "file") !== file.path || !PLACES.test(file.path)) {
      throw invalidBundle(where, `"${file.path.slice(0, 200)}" has no place in a bundle`);
    }
    return file;
  });
  return {
    kind,
    files,
    tool: readText(data.tool, "$.tool", 200),
    name: readText(data.name, "$.name", 200),
  };
}

function readFile(value: unknown, at: string): BundleFile {
  const { path, size, sha256, executable } = readRecord(value, at);
  const length = readNumber(size, `${at}.size`);
  if (!Number.isSafeInteger(length) || length < 0) throw invalidData(`${at}.size`, "a size", size);
  const digest = readText(sha256, `${at}.sha256`, 64);
  if (!/^[0-9a-f]{64}$/.test(digest)) throw invalidData(`${at}.sha256`, "64 hex digits", sha256);
  return {
    path: readText(path, `${at}.path`, 1_024),
    size: length,
    sha256: digest,
    executable: optional(executable, `${at}.executable`, readBoolean) ?? false,
  };
}
