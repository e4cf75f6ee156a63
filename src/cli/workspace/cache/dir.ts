import { alignColumns, type Outcome } from "../../../output/mod.ts";
import { findBuckets } from "../../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { openCache } from "./open.ts";

/** What `cache dir` tells. */
export interface CacheDirData {
  readonly cache: string;
  readonly buckets: readonly { readonly name: string; readonly path: string }[];
  /** The one part that was asked for. */
  readonly asked?: string;
}

/** Tells where the cache is. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<CacheDirData>> {
  const { workspace, buckets } = await openCache(context);
  const asked = findBuckets(buckets, args);
  return {
    data: {
      cache: workspace.layout.cache,
      buckets: asked.map(({ name, paths }) => ({ name, path: paths[0]! })),
      asked: args[0],
    },
  };
}

/** The path alone, or all. */
export function view({ cache, buckets, asked }: CacheDirData): string[] {
  if (asked !== undefined) return buckets.map(({ path }) => path);
  return [cache, ...alignColumns(buckets.map(({ name, path }) => [name, path]), { indent: 2 })];
}
