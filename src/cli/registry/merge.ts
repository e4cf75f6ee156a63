import { counted, exists } from "../../base/mod.ts";
import { formatCount, type Outcome } from "../../output/mod.ts";
import {
  exportCacheFile,
  isCacheDatabase,
  mergeCacheFiles,
  rememberCacheFile,
  workingCachePath,
} from "../../pipeline/mod.ts";
import { type MergeSummary, withCache } from "../../registry/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { commandTime } from "./now.ts";
import type { mergeOptions } from "./pipeline_options.ts";

/** What `registry merge` tells. */
export interface MergeData {
  readonly dry_run: boolean;
  readonly files: readonly string[];
  readonly working_cache: string;
  readonly output: string;
  readonly summary?: MergeSummary;
}

/** Merges caches into one. */
export async function run(
  { options, args, dryRun }: InputOf<typeof mergeOptions>,
  context: CommandContext,
): Promise<Outcome<MergeData>> {
  const { output } = options;
  const now = commandTime(options.now, context);
  const plan = { files: args, working_cache: workingCachePath(output), output };
  // A file that is not there is told before anything is made.
  for (const file of args) await isCacheDatabase(file);
  if (dryRun) return { data: { ...plan, dry_run: true } };
  const published = output !== plan.working_cache && await exists(output) &&
    !await exists(plan.working_cache);
  const summary = await withCache(plan.working_cache, "registry merge", async (cache) => {
    const files = published ? [output, ...args] : args;
    const summary = await mergeCacheFiles(cache, files, { now, report: context.report });
    if (plan.output !== plan.working_cache) {
      await exportCacheFile(cache, plan.output, now, context.signal);
      await rememberCacheFile(cache, plan.output);
    }
    return summary;
  });
  return { data: { ...plan, dry_run: false, summary } };
}

/** What the merged cache holds, and where it is. */
export function view({ dry_run, files, output, summary }: MergeData): string[] {
  if (dry_run || !summary) {
    return [`Would merge ${formatCount(files.length)} caches into ${output}`];
  }
  return [
    `${counted(summary.packages, "package")}, ${counted(summary.versions, "version")}, ` +
    `the node classes of ${formatCount(summary.node_lists)} known`,
    `Wrote ${output}`,
  ];
}
