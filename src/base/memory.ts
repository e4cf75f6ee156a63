let collect: (() => void) | undefined;

/** What may have come up since the last time: to collect takes tens of milliseconds, whatever it frees. */
const TOLERATED_BYTES = 16 * 1024 ** 2;

let leftBytes = 0;

/**
 * Frees what is no longer used, between two phases of long work; nothing happens while little has come up.
 *
 * V8 lets the heap grow to several times of what is alive before it collects by itself. Where the runtime gives no
 * handle on its collector, nothing happens.
 */
export async function collectGarbage(): Promise<void> {
  collect ??= await findCollector();
  collectWhereGrown();
}

/**
 * Makes a function that frees memory once in so many calls, for loops that go over all of a registry.
 *
 * It does nothing before {@linkcode collectGarbage} was called, which finds the collector.
 */
export function createTidy(calls: number): () => void {
  let count = 0;
  return () => {
    if (++count % calls === 0) collectWhereGrown();
  };
}

function collectWhereGrown(): void {
  if (!collect || heldBytes() - leftBytes < TOLERATED_BYTES) return;
  collect();
  leftBytes = heldBytes();
}

function heldBytes(): number {
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

// Loaded only here, because every command starts by loading this room.
async function findCollector(): Promise<() => void> {
  const [{ setFlagsFromString }, { runInNewContext }] = await Promise.all([
    import("node:v8"),
    import("node:vm"),
  ]);
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("typeof gc === 'function' ? gc : undefined");
  return typeof found === "function" ? () => found() : () => {};
}
