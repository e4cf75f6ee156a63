import { compareCodePoints } from "../../base/mod.ts";
import { openLineIndex } from "../line_index.ts";
import type { MappingIndex } from "../lookup_types.ts";
import type { Block, BlockContents } from "./contents.ts";

/**
 * Unpacks from mappings what the look-up of one class needs; nothing else can be looked up in it.
 *
 * @param packed As `packBlocks` made it.
 * @param nodeType The class name as it stands in workflows.
 * @param name What error messages call the mappings.
 */
export async function openExcerpt(
  packed: Uint8Array<ArrayBuffer>,
  contents: BlockContents,
  nodeType: string,
  name: string,
): Promise<MappingIndex | undefined> {
  const { head, middle, claims } = contents;
  const unpack = (blocks: readonly Block[]) =>
    Promise.all(blocks.map((one) => gunzip(packed, one)));
  const lines = await unpack(blocksWith(contents.mappings, `${nodeType}::`));
  const open = async (packages: readonly Blob[]) =>
    openLineIndex(
      new Uint8Array(await new Blob([head, ...lines, middle, claims, ...packages]).arrayBuffer()),
      name,
    );
  const known = await open([]);
  const ids = known?.entriesOf(nodeType)
    .flatMap(({ entries }) => entries.map(({ package_id }) => package_id)) ?? [];
  const needed = new Set(ids.flatMap((id) => blocksWith(contents.packages, id).slice(0, 1)));
  return await open(await unpack([...needed]));
}

/** The blocks whose keys may begin with a text: the one that its place is in, and those that begin with it. */
function blocksWith(blocks: readonly Block[], start: string): readonly Block[] {
  const after = blocks.findIndex(({ first }) => compareCodePoints(first, start) > 0);
  const from = Math.max(0, (after < 0 ? blocks.length : after) - 1);
  const found = [...blocks.slice(from, from + 1)];
  for (const block of blocks.slice(from + 1)) {
    if (!block.first.startsWith(start)) break;
    found.push(block);
  }
  return found;
}

async function gunzip(packed: Uint8Array<ArrayBuffer>, { offset, length }: Block): Promise<Blob> {
  const member = new Blob([packed.subarray(offset, offset + length)]);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  // A `Response` would read this too, after loading all that fetching needs.
  for await (const chunk of member.stream().pipeThrough(new DecompressionStream("gzip"))) {
    chunks.push(chunk);
  }
  return new Blob(chunks);
}
