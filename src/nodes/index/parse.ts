import { isGzip, type NodeMappings, parseMappings, unpackGzip } from "../../mappings/mod.ts";
import type { IndexData } from "./published.ts";

/**
 * Reads mappings from the bytes of a file, plain or gzip.
 *
 * @throws `MAPPINGS_INVALID`, `MAPPINGS_TOO_NEW`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function parsePacked({ bytes, name }: IndexData): Promise<NodeMappings> {
  return parseMappings(isGzip(bytes) ? await unpackGzip(bytes, name) : bytes, name);
}
