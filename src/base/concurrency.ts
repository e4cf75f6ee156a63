import { throwIfAborted } from "./signals.ts";

/** How `mapConcurrent` runs. */
export interface ConcurrencyOptions {
  /** How many calls are under way at once, at least 1. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * Maps items with at most `limit` calls under way, and yields results in the order of the items.
 *
 * The first failure ends the iteration with that error, after the calls under way have settled.
 *
 * @param items What to map; pulled only as calls become free.
 * @param map The call for one item.
 */
export async function* mapConcurrent<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  map: (item: Item) => Promise<Result>,
  { limit, signal }: ConcurrencyOptions,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      throwIfAborted(signal);
      const call = map(item);
      // The failure is thrown where the result is awaited; until then it must not count as unhandled.
      call.catch(() => {});
      running.push(call);
      if (running.length >= limit) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    await Promise.allSettled(running);
  }
}

/**
 * Runs a call for every item with at most `limit` under way, in no particular order of completion.
 *
 * Unlike {@linkcode mapConcurrent} a slow item does not hold the others back.
 */
export async function forEachConcurrent<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  call: (item: Item) => Promise<void>,
  { limit, signal }: ConcurrencyOptions,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const item of items) {
      throwIfAborted(signal);
      if (failure) break;
      const work: Promise<void> = call(item)
        .catch((error) => {
          failure ??= { error };
        })
        .finally(() => running.delete(work));
      running.add(work);
      if (running.size >= limit) await Promise.race(running);
    }
  } finally {
    await Promise.all(running);
  }
  if (failure) throw failure.error;
}
