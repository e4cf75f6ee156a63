import { isGzip, type NodeMappings, parseMappings, unpackGzip } from "../../mappings/mod.ts";
import type { IndexData } from "./published.ts";

/**
 * Reads mappings, plain or gzip.
 *
 * @throws `MAPPINGS_INVALID`, `MAPPINGS_TOO_NEW`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function parsePacked({ read, name }: IndexData): Promise<NodeMappings> {
  const bytes = await read();
  return parseMappings(isGzip(bytes) ? await unpackGzip(bytes, name) : bytes, name);
}
