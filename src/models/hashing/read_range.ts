import type { FileRange, PieceHasher, RangeAnswer } from "./types.ts";

/**
 * Reads a range of a file straight into the hasher's buffer.
 *
 * Nothing outside of this function may be used in it, because Workers get it as text.
 *
 * @param startSha256 Set when SHA-256 is asked for, too.
 */
export function readRange(
  hasher: PieceHasher,
  { file, range, path, offset, length, whole, expected }: FileRange,
  startSha256?: () => { update(bytes: Uint8Array): unknown; digest(encoding: "hex"): string },
): RangeAnswer {
  const answer = { file, range, length };
  const changed = {
    ...answer,
    failure: { name: "Changed", message: "it changed while it was read" },
  };
  let source: Deno.FsFile | undefined;
  try {
    source = Deno.openSync(path, { read: true });
    if (offset > 0) source.seekSync(offset, Deno.SeekMode.Start);
    const sha256 = startSha256?.();
    const { buffer } = hasher;
    hasher.begin(offset / 1024);
    let left = length;
    let wanted = 0;
    while (true) {
      wanted = Math.min(left, buffer.length);
      for (let filled = 0; filled < wanted;) {
        const count = source.readSync(buffer.subarray(filled, wanted));
        if (count === null) return changed;
        filled += count;
      }
      sha256?.update(buffer.subarray(0, wanted));
      left -= wanted;
      if (left === 0) break;
      hasher.push();
    }
    const { size, mtime, ino } = source.statSync();
    const same = size === expected.size && mtime?.getTime() === expected.mtime &&
      (ino ?? undefined) === expected.inode;
    if (!same) return changed;
    return { ...answer, value: hasher.end(wanted, whole), sha256: sha256?.digest("hex") };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { ...answer, failure: { name, message } };
  } finally {
    source?.close();
  }
}
