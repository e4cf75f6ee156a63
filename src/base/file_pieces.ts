/** How {@linkcode readPieces} reads. */
export interface PieceOptions {
  /** Bytes at once; default 128 KiB, which a processor keeps at hand. */
  readonly bytes?: number;
  /** How many pieces come before the memory of the first is used again; default 1. */
  readonly ring?: number;
}

/** After so many bytes signals, timers and progress get their turn. */
const TURN_BYTES = 16 << 20;

/**
 * Reads an open file to its end in pieces whose memory is used again.
 *
 * Fresh memory for each would wait for the collector, which lets far more than that pile up; and asking another thread
 * for each piece costs more than reading it.
 *
 * @param file Is left open.
 */
export async function* readPieces(
  file: Deno.FsFile,
  { bytes = 1 << 17, ring = 1 }: PieceOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const buffers: Uint8Array<ArrayBuffer>[] = [];
  for (let turn = 0, since = 0;; turn++) {
    const buffer = buffers[turn % ring] ??= new Uint8Array(bytes);
    const read = file.readSync(buffer);
    if (read === null) return;
    yield buffer.subarray(0, read);
    since += read;
    if (since < TURN_BYTES) continue;
    since = 0;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
