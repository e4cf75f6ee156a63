import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ComfydockError, exists, readBytesBounded, redact } from "../../base/mod.ts";
import { nodeErrors } from "../errors.ts";

/** The bytes of a `node_mappings.json`, plain or packed, that an index can be made from. */
export interface IndexData {
  readonly bytes: Uint8Array<ArrayBuffer>;
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
 * Reads published mappings from a file, or from a directory that holds `node_mappings.json`, plain or `.gz`.
 *
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readPublishedFile(path: string): Promise<IndexData> {
  let file = path;
  for (const name of FILE_NAMES) {
    if (await exists(join(path, name))) {
      file = join(path, name);
      break;
    }
  }
  const bytes = await readBytesBounded(file, MAX_BYTES);
  return { bytes, name: file, origin: path, identity: await digestOf(bytes) };
}

/** What published data is recognised by: its SHA-256 in hex. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
