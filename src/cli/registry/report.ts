import { writeFileAtomic } from "../../base/mod.ts";
import { formatBytes, type Outcome } from "../../output/mod.ts";
import { buildReport, renderReport } from "../../pipeline/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { reportOptions } from "./query_options.ts";
import { queryMappings } from "./query_mappings.ts";

/** What `registry report` tells. */
export interface ReportData {
  readonly dry_run: boolean;
  readonly html: string;
  readonly bytes: number;
}

/** Writes the page. */
export async function run(
  { options, dryRun }: InputOf<typeof reportOptions>,
  context: CommandContext,
): Promise<Outcome<ReportData>> {
  const page = new TextEncoder().encode(
    renderReport(buildReport(await queryMappings(options, context))),
  );
  if (!dryRun) await writeFileAtomic(options.html, page);
  return { data: { dry_run: dryRun, html: options.html, bytes: page.length } };
}

/** One line. */
export function view({ dry_run, html, bytes }: ReportData): string[] {
  return [`${dry_run ? "Would write" : "Wrote"} ${html}, ${formatBytes(bytes)}`];
}
