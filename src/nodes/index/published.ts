import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ComfydockError, exists, fileError, readBytesBounded, redact } from "../../base/mod.ts";
import { nodeErrors } from "../errors.ts";

/** A `node_mappings.json`, plain or packed, that an index can be made from. */
export interface IndexData {
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** What error messages call it. */
  readonly name: string;
  readonly origin: string;
  /** Equal for equal data. */
  readonly identity: string;
}

/** Where published mappings are. */
export type PublishedPlace =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "file"; readonly path: string };

/** Largest file that is taken, packed. */
export const MAX_BYTES = 256 * 1024 * 1024;
const FILE_NAMES = ["node_mappings.json.gz", "node_mappings.json"];
/** Asked for at most once a day; the cache of answers holds it as long. */
export const MAX_AGE_MS = 86_400_000;

/**
 * Reads the address of published mappings: an http, https or `file:` URL, or the path of a file or directory.
 *
 * @throws `NODE_INDEX_SOURCE_INVALID`
 */
export function parsePlace(source: string): PublishedPlace {
  if (/^https?:\/\//i.test(source) && URL.canParse(source)) return { kind: "url", url: source };
  if (/^file:\/\//i.test(source) && URL.canParse(source)) {
    return { kind: "file", path: fileURLToPath(source) };
  }
  if (source !== "" && !/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    return { kind: "file", path: source };
  }
  throw new ComfydockError(
    nodeErrors.NODE_INDEX_SOURCE_INVALID,
    `Cannot read node mappings from "${redact(source)}": neither an http URL nor a file`,
    { hint: "Run comfydock config set mappings_url with a URL, a file or a directory" },
  );
}

/**
 * Finds published mappings in a file, or in a directory that holds `node_mappings.json`, plain or `.gz`.
 *
 * They are recognised by size and time of change, so that what has not changed is not read.
 *
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`; reading also `FILE_TOO_LARGE`
 */
export async function findPublishedFile(path: string): Promise<IndexData> {
  let file = path;
  for (const name of FILE_NAMES) {
    if (await exists(join(path, name))) {
      file = join(path, name);
      break;
    }
  }
  try {
    const { size, mtime } = await Deno.stat(file);
    const identity = `${file} ${size} ${mtime?.getTime()}`;
    return { read: () => readBytesBounded(file, MAX_BYTES), name: file, origin: path, identity };
  } catch (error) {
    throw fileError("Cannot read", file, error);
  }
}
