import { constants, deflateRawSync } from "node:zlib";

/** How much of a content is tried, in bytes. */
const SAMPLE = 64 * 1024;
/** What deflating has to leave of the sample, at most, to be worth its time. */
const WORTH_IT = 0.97;

/** Tells whether deflating makes a content smaller; pictures and videos it does not. */
export function isSqueezable(bytes: Uint8Array): boolean {
  if (bytes.length < 64) return false;
  const middle = Math.max(0, (bytes.length - SAMPLE) >> 1);
  const sample = bytes.subarray(middle, middle + SAMPLE);
  return deflateRawSync(sample, { level: 1 }).length < sample.length * WORTH_IT;
}

/** A content as blocks of a DEFLATE stream (RFC 1951) that ends with them. */
export function squeeze(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 6 });
}

/** The same as blocks that others may follow, ended at a whole byte. */
export function squeezePart(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 6, finishFlush: constants.Z_SYNC_FLUSH });
}
