import { CLAIMS, MAPPINGS, PACKAGES } from "../line_index.ts";
import type { Block, BlockContents } from "./contents.ts";

/** Lines are packed together until they have this many bytes; smaller blocks pack worse, larger ones take longer. */
const BLOCK_BYTES = 32 * 1024;
const END = "\n}\n}\n";

/** Mappings that are packed block by block. */
export interface PackedBlocks {
  /** One gzip file of many members (RFC 1952, section 2.2), which every reader of gzip takes as a whole. */
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly contents: BlockContents;
}

/**
 * Packs the text of `writeMappings` so that a look-up unpacks only the lines that it needs.
 *
 * @param text As `mappingsText` gives it.
 */
export async function packBlocks(text: string): Promise<PackedBlocks> {
  const mappings = text.indexOf(MAPPINGS) + MAPPINGS.length;
  const middle = text.indexOf(PACKAGES, mappings) + 1;
  const packages = middle - 1 + PACKAGES.length;
  const end = text.length - END.length + 1;
  const members: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const add = async (part: string) => {
    const member = await gzip(part);
    members.push(member);
    offset += member.length;
    return member.length;
  };
  const addLines = async (lines: string) => {
    const blocks: Block[] = [];
    for (const part of parts(lines)) {
      const at = offset;
      blocks.push({ first: keyOf(part), offset: at, length: await add(part) });
    }
    return blocks;
  };
  await add(text.slice(0, mappings));
  const mappingBlocks = await addLines(text.slice(mappings, middle));
  await add(text.slice(middle, packages));
  const packageBlocks = await addLines(text.slice(packages, end));
  await add(text.slice(end));
  const packed = new Uint8Array(await new Blob(members).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", packed));
  return {
    packed,
    contents: {
      sha256: digest.toHex(),
      head: text.slice(0, mappings),
      mappings: mappingBlocks,
      middle: text.slice(middle, packages),
      packages: packageBlocks,
      claims: text.slice(packages, end).split(/(?<=\n)/)
        .filter((line) => CLAIMS.some((mark) => line.includes(mark))).join(""),
    },
  };
}

/** Whole lines, some of them together. */
function* parts(lines: string): Generator<string> {
  let part = "";
  for (const line of lines.split(/(?<=\n)/)) {
    part += line;
    if (part.length < BLOCK_BYTES) continue;
    yield part;
    part = "";
  }
  if (part !== "") yield part;
}

function keyOf(lines: string): string {
  const line = lines.slice(0, lines.indexOf("\n")).replace(/,$/, "");
  return Object.keys(JSON.parse(`{${line}}`))[0]!;
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
