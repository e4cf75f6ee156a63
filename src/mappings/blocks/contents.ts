import { parseJsonText, readList, readNumber, readRecord, readText } from "../../base/mod.ts";

/** A run of lines that is packed by itself. */
export interface Block {
  /** The key on its first line. */
  readonly first: string;
  /** Where its gzip member begins, in bytes. */
  readonly offset: number;
  /** How many bytes its gzip member has. */
  readonly length: number;
}

/** What stands where in mappings that are packed block by block; kept in a small file beside them. */
export interface BlockContents {
  /** SHA-256 of the packed mappings. */
  readonly sha256: string;
  /** The text before the first mapping. */
  readonly head: string;
  /** Sorted by key. */
  readonly mappings: readonly Block[];
  /** The text between the last mapping and the first package. */
  readonly middle: string;
  /** Sorted by key. */
  readonly packages: readonly Block[];
  /** The lines of the packages that claim classes by preemption or pattern; every look-up needs them. */
  readonly claims: string;
}

/**
 * Reads the contents that `packBlocks` made.
 *
 * @param name What error messages call them.
 * @throws `DATA_INVALID`
 */
export function parseContents(text: string, name: string): BlockContents {
  const record = readRecord(parseJsonText(text, name), "$");
  return {
    sha256: readText(record.sha256, "$.sha256"),
    head: readText(record.head, "$.head"),
    mappings: readBlocks(record.mappings, "$.mappings"),
    middle: readText(record.middle, "$.middle"),
    packages: readBlocks(record.packages, "$.packages"),
    claims: readText(record.claims, "$.claims", 1 << 20),
  };
}

function readBlocks(value: unknown, path: string): readonly Block[] {
  return readList(value, path).map((each, at) => {
    const [first, offset, length] = readList(each, `${path}[${at}]`);
    return {
      first: readText(first, `${path}[${at}][0]`),
      offset: readNumber(offset, `${path}[${at}][1]`),
      length: readNumber(length, `${path}[${at}][2]`),
    };
  });
}

/** The text of contents, for `parseContents`. */
export function contentsText(contents: BlockContents): string {
  const rows = (blocks: readonly Block[]) =>
    blocks.map(({ first, offset, length }) => [first, offset, length]);
  const { mappings, packages } = contents;
  return `${JSON.stringify({ ...contents, mappings: rows(mappings), packages: rows(packages) })}\n`;
}
