import { openByteSource, readBytesBounded } from "../base/mod.ts";
import { splitNodeKey } from "./node_key.ts";
import type { Claim, MappingIndex, SignedEntries } from "./lookup_types.ts";
import { openLineIndex } from "./line_index.ts";
import { parseMappings } from "./read.ts";
import type { NodeMappings } from "./types.ts";
import { isGzip, readWhole, unpackGzip } from "./whole_file.ts";

const MAX_PACKED_BYTES = 256 * 1024 * 1024;

/**
 * Opens a `node_mappings.json` for lookups.
 *
 * Of files that `writeMappings` wrote only the lines that a lookup needs are parsed; others are read as a whole.
 *
 * @param path The file, plain or packed.
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`, `MAPPINGS_INVALID`, `MAPPINGS_TOO_NEW`
 */
export async function openMappingIndex(path: string): Promise<MappingIndex> {
  const bytes = await readBytesBounded(path, MAX_PACKED_BYTES);
  return isGzip(bytes)
    ? await mappingIndexOf(bytes, path)
    : await mappingIndexOf(await readWhole(openByteSource(path)), path);
}

/**
 * Opens the bytes of a `node_mappings.json`, plain or gzip, for lookups; as {@linkcode openMappingIndex}.
 *
 * @param name What error messages call it.
 */
export async function mappingIndexOf(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<MappingIndex> {
  const plain = isGzip(bytes) ? await unpackGzip(bytes, name) : bytes;
  return openLineIndex(plain, name) ?? indexMappings(parseMappings(plain, name), name);
}

/** Makes mappings in memory ready for lookups. */
export function indexMappings(mappings: NodeMappings, name: string): MappingIndex {
  let byType: Map<string, SignedEntries[]> | undefined;
  let claims: readonly Claim[] | undefined;
  return {
    name,
    generatedAt: mappings.generated_at,
    entriesOf(nodeType) {
      byType ??= groupByType(mappings);
      return byType.get(nodeType) ?? [];
    },
    packageOf: (id) => Object.hasOwn(mappings.packages, id) ? mappings.packages[id] : undefined,
    claims: () =>
      claims ??= claimsOf(
        Object.entries(mappings.packages).map(([id, pack]) => ({ id, package: pack })),
      ),
  };
}

function claimsOf(packages: readonly Claim[]): readonly Claim[] {
  return packages.filter(({ package: pack }) => pack.preemptions || pack.nodename_pattern);
}

function groupByType(mappings: NodeMappings): Map<string, SignedEntries[]> {
  const byType = new Map<string, SignedEntries[]>();
  for (const [key, entries] of Object.entries(mappings.mappings)) {
    const parts = splitNodeKey(key);
    if (!parts) continue;
    const known = byType.get(parts.nodeType);
    const signed = { signature: parts.signature, entries };
    if (known) known.push(signed);
    else byType.set(parts.nodeType, [signed]);
  }
  return byType;
}
