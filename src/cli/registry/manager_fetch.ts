import { alignColumns, formatBytes, type Outcome } from "../../output/mod.ts";
import { type FetchedFile, fetchManagerData, readSources } from "../../pipeline/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { managerFetchOptions } from "./pipeline_options.ts";
import { commandTime } from "./now.ts";

/** What `registry manager fetch` tells. */
export interface ManagerFetchData {
  readonly dry_run: boolean;
  readonly source: string;
  readonly output: string;
  readonly files: readonly FetchedFile[];
}

/** Fetches Manager's data into a directory. */
export async function run(
  { options, dryRun }: InputOf<typeof managerFetchOptions>,
  context: CommandContext,
): Promise<Outcome<ManagerFetchData>> {
  const { output } = options;
  const source = options.managerUrl ?? (await readSources()).managerUrl;
  if (dryRun) return { data: { dry_run: true, source, output, files: [] } };
  const files = await fetchManagerData({
    http: await context.http(),
    source,
    output,
    now: commandTime(options.now, context),
    report: context.report,
    signal: context.signal,
  });
  return { data: { dry_run: false, source, output, files } };
}

/** A line a file. */
export function view({ dry_run, source, output, files }: ManagerFetchData): string[] {
  if (dry_run) return [`Would fetch Manager's data from ${source} into ${output}`];
  return alignColumns(files.map((one) => [one.name, formatBytes(one.bytes), one.status]));
}
