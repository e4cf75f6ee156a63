import { counted } from "../../../base/mod.ts";
import { alignColumns, formatBytes, type Outcome } from "../../../output/mod.ts";
import { type BucketSize, findBuckets, measureBuckets } from "../../../workspace/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { openCache } from "./open.ts";

/** What `cache size` tells. */
export interface CacheSizeData {
  readonly buckets: readonly Pick<BucketSize, "name" | "brief" | "files" | "bytes">[];
  readonly files: number;
  /** What the file system gave them. */
  readonly bytes: number;
}

/** Measures the cache. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<CacheSizeData>> {
  const { buckets } = await openCache(context);
  const sizes = await measureBuckets(findBuckets(buckets, args), context.signal);
  return {
    data: {
      buckets: sizes.map(({ name, brief, files, bytes }) => ({ name, brief, files, bytes })),
      files: sizes.reduce((sum, { files }) => sum + files, 0),
      bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    },
  };
}

/** A line a part, then the sum. */
export function view({ buckets, bytes, files }: CacheSizeData): string[] {
  const row = (name: string, size: number, count: number, brief: string) => [
    name,
    formatBytes(size),
    counted(count, "file"),
    brief,
  ];
  return alignColumns([
    ...buckets.map((one) => row(one.name, one.bytes, one.files, one.brief)),
    ...(buckets.length > 1 ? [row("all", bytes, files, "")] : []),
  ]);
}
