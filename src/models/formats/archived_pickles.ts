import { inflateRawSync } from "node:zlib";
import { modelErrors } from "../errors.ts";
import { brokenModel } from "../faults.ts";
import { scanPickle } from "./pickle.ts";
import { type ByteSource, Cursor, memorySource } from "./source.ts";
import { contentOffset, readZipDirectory, type ZipEntry } from "./zip_directory.ts";

/** Pickles of the largest models have some 10 MB; what is longer is not unpacked. */
const LONGEST_PICKLE = 64 * 1024 ** 2;
const MOST_PICKLES = 64;
/** A file that unpacks to so many times its own size is made to fill memories. */
const BOMB_RATIO = 200;
const BOMB_BYTES = 1024 ** 3;
const STORED = 0;
const DEFLATED = 8;

/**
 * Collects what the pickles in a zip file would import: PyTorch keeps its models so since 1.6.
 *
 * Only the directory and the entries that end with `.pkl` are read, with bounds.
 *
 * @param source The zip file.
 * @param globals Gets `module.name` of every import.
 * @returns How many pickles there are.
 * @throws `MODEL_BROKEN`, `MODEL_ARCHIVE_BOMB`
 */
export function scanArchivedPickles(source: ByteSource, globals: Set<string>): number {
  const entries = readZipDirectory(source);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > BOMB_BYTES && total > source.size * BOMB_RATIO) {
    throw bomb(`it would unpack from ${source.size} to ${total} bytes`);
  }
  const pickles = entries.filter(({ name }) => /\.pkl$/i.test(name));
  if (pickles.length > MOST_PICKLES) throw brokenModel(`it holds ${pickles.length} pickles`);
  for (const entry of pickles) {
    const bytes = unpack(source, entry);
    scanPickle(new Cursor(memorySource(bytes), { allowance: LONGEST_PICKLE * 2 }), globals);
  }
  return pickles.length;
}

function unpack(source: ByteSource, entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const name = entry.name.slice(0, 200);
  if (Math.max(entry.compressed, entry.size) > LONGEST_PICKLE) {
    throw bomb(`"${name}" in it would unpack to ${entry.size} bytes`);
  }
  const bytes = source.readAt(contentOffset(source, entry), entry.compressed);
  if (bytes.length < entry.compressed) throw brokenModel(`it is cut off in "${name}"`);
  if (entry.method === STORED) return bytes;
  if (entry.method !== DEFLATED) {
    throw brokenModel(`"${name}" in it is packed in the unknown way ${entry.method}`);
  }
  try {
    return Uint8Array.from(inflateRawSync(bytes, { maxOutputLength: LONGEST_PICKLE }));
  } catch (error) {
    if (error instanceof RangeError) {
      throw bomb(`"${name}" in it unpacks to more than ${LONGEST_PICKLE} bytes`);
    }
    throw brokenModel(`"${name}" in it cannot be unpacked`);
  }
}

function bomb(why: string) {
  return brokenModel(why, modelErrors.MODEL_ARCHIVE_BOMB);
}
