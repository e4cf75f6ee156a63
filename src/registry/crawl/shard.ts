import { ComfydockError } from "../../base/mod.ts";
import { digestOf } from "../cache/digest.ts";
import { registryErrors } from "../errors.ts";

/** One of several machines that crawl together, each a part of the packages. */
export interface Shard {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
}

/** So many machines at most. */
const MAX_SHARDS = 256;

/**
 * Reads `I/N`, such as `2/7`.
 *
 * @throws `REGISTRY_SHARD_INVALID`
 */
export function parseShard(text: string): Shard {
  const parts = /^(\d{1,3})\/(\d{1,3})$/.exec(text);
  const shard = { index: Number(parts?.[1]), count: Number(parts?.[2]) };
  if (shard.index >= 1 && shard.index <= shard.count && shard.count <= MAX_SHARDS) return shard;
  throw new ComfydockError(
    registryErrors.REGISTRY_SHARD_INVALID,
    `Cannot crawl the part ${JSON.stringify(text)}`,
    { hint: `Write it as I/N: 1/3, 2/3 and 3/3 for three machines, at most ${MAX_SHARDS}` },
  );
}

/** Writes a shard as `I/N`. */
export function formatShard({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/**
 * Tells whether a package belongs to a shard.
 *
 * Its id alone decides, so that it stays where it is while others come and go.
 *
 * @param shard Nothing for a machine that crawls alone.
 */
export function inShard(shard: Shard | undefined, packageId: string): boolean {
  if (!shard || shard.count === 1) return true;
  return parseInt(digestOf(packageId).slice(0, 8), 16) % shard.count === shard.index - 1;
}

/** Those of some packages that belong to a shard. */
export function ownIds(
  shard: Shard | undefined,
  rows: readonly { readonly id: string }[],
): string[] {
  return rows.map(({ id }) => id).filter((id) => inShard(shard, id));
}
