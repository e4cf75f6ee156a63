import { counted } from "../../../base/mod.ts";
import { formatBytes, type Outcome } from "../../../output/mod.ts";
import { applyCachePlan, findBuckets, measureBuckets, planClean } from "../../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { openCache, type OpenedCache, uvAtHand, withCache } from "./open.ts";

/** What `cache clean` tells. */
export interface CacheCleanData {
  readonly dry_run: boolean;
  readonly buckets: readonly {
    readonly name: string;
    readonly files: number;
    readonly bytes: number;
  }[];
  readonly files: number;
  readonly bytes: number;
  /** Parts that were left as they are, because others use them too. */
  readonly left: readonly string[];
}

/** Empties the cache, or parts of it. */
export async function run(
  { args, dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<CacheCleanData>> {
  const cache = await openCache(context);
  const named = findBuckets(cache.buckets, args);
  const isLeft = (name: string) => args.length === 0 && name === "uv" && cache.uvCacheIsShared;
  const chosen = named.filter(({ name }) => !isLeft(name));
  const sizes = await measureBuckets(chosen, context.signal);
  if (!dryRun) await clean(context, cache, chosen);
  return {
    data: {
      dry_run: dryRun,
      buckets: sizes.map(({ name, files, bytes }) => ({ name, files, bytes })),
      files: sizes.reduce((sum, { files }) => sum + files, 0),
      bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
      left: named.filter(({ name }) => isLeft(name)).map(({ name }) => name),
    },
  };
}

async function clean(
  context: CommandContext,
  cache: OpenedCache,
  chosen: OpenedCache["buckets"],
): Promise<void> {
  // uv knows whether another uv is using its cache; without one, nobody is.
  const uv = chosen.some(({ name }) => name === "uv") ? await uvAtHand(context, cache) : undefined;
  await uv?.cleanCache();
  const plan = await planClean(chosen.filter(({ name }) => name !== "uv" || !uv));
  await withCache(
    context,
    cache,
    "cache clean",
    plan,
    (lock) => applyCachePlan(plan, lock, context.signal),
  );
}

/** What was freed. */
export function view({ dry_run, buckets, files, bytes, left }: CacheCleanData): string[] {
  const what = buckets.map(({ name }) => name).join(", ");
  const did = dry_run ? "Would remove" : "Removed";
  return [
    `${did} ${counted(files, "file")}, ${formatBytes(bytes)}, from the cache (${what})`,
    ...left.map((name) =>
      `Left ${name}'s cache, which lies outside the workspace: comfydock cache clean ${name}`
    ),
  ];
}
