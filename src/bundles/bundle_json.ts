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
} from "../base/mod.ts";
import { bundleErrors } from "./errors.ts";
import { invalidBundle } from "./faults.ts";
import { isKeptByTools } from "./places.ts";
import { INDEX_SCHEMA } from "./render_index.ts";
import type { BundleFile, BundleIndex } from "./types.ts";

const LARGEST_FILES = 200_000;
/** What may be in a bundle; anything else is refused, so that nothing goes unnoticed. */
const PLACES =
  /^(?:pyproject\.toml|uv\.lock|\.python-version|\.comfydockignore|(?:workflows|models|comfyui|wheels)\/.+|nodes\/[^/]+\/.+)$/su;

/**
 * Reads `bundle.json`.
 *
 * @param where What messages call it.
 * @throws `BUNDLE_INVALID`, `BUNDLE_SCHEMA_NEWER`, `DATA_INVALID`, `ARCHIVE_UNSAFE`
 */
export function parseIndex(bytes: Uint8Array, where: string): BundleIndex {
  const data = readRecord(parseJsonBytes(bytes, where), "$");
  const schema = readNumber(data.schema, "$.schema");
  if (schema > INDEX_SCHEMA) {
    throw new ComfydockError(
      bundleErrors.BUNDLE_SCHEMA_NEWER,
      `Cannot read ${where}: its schema ${schema} is newer than ${INDEX_SCHEMA}`,
      { hint: "Run comfydock self update", details: { schema, known: INDEX_SCHEMA } },
    );
  }
  if (schema !== INDEX_SCHEMA) throw invalidData("$.schema", `the number ${INDEX_SCHEMA}`, schema);
  const kind = readText(data.kind, "$.kind");
  if (kind !== "environment" && kind !== "workflow") {
    throw invalidData("$.kind", "environment or workflow", kind);
  }
  const listed = readList(data.files, "$.files");
  if (listed.length > LARGEST_FILES) throw invalidBundle(where, "it lists too many files");
  const guard = createPathGuard();
  const files = listed.map((value, at) => {
    const file = readFile(value, `$.files[${at}]`);
    const isPlain = guard.accept(file.path, "file") === file.path;
    if (!isPlain || !PLACES.test(file.path) || isKeptByTools(file.path)) {
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
