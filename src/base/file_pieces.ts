/** How {@linkcode readPieces} reads. */
export interface PieceOptions {
  /** Bytes at once; default 128 KiB, which a processor keeps at hand; twice that ahead. */
  readonly bytes?: number;
  /** How many pieces come before the memory of the first is used again; default 1. */
  readonly ring?: number;
  /** Reads the next piece in another thread while this one is worked on, which is worth it where work takes longer. */
  readonly ahead?: boolean;
}

/** After so many bytes signals, timers and progress get their turn. */
const TURN_BYTES = 16 << 20;

/**
 * Reads an open file to its end in pieces whose memory is used again.
 *
 * Fresh memory for each would wait for the collector, which lets far more than that pile up; and asking another thread
 * for each piece costs more than reading it, unless there is work to do meanwhile.
 *
 * @param file Is left open.
 */
export async function* readPieces(
  file: Deno.FsFile,
  { ahead = false, bytes = ahead ? 1 << 18 : 1 << 17, ring = 1 }: PieceOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (ahead) return yield* readAhead(file, bytes);
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

async function* readAhead(
  file: Deno.FsFile,
  bytes: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const buffers = [new Uint8Array(bytes), new Uint8Array(bytes)] as const;
  const into = (turn: number) => {
    const reading = file.read(buffers[turn & 1]!);
    // Told when its turn comes; until then it must not count as forgotten.
    reading.catch(() => {});
    return reading;
  };
  let next = into(0);
  try {
    for (let turn = 0;; turn++) {
      const read = await next;
      if (read === null) return;
      next = into(turn + 1);
      yield buffers[turn & 1]!.subarray(0, read);
    }
  } finally {
    // Whoever closes the file closes it under no read.
    await next.catch(() => {});
  }
}
