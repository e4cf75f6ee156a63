import { join } from "node:path";
import { ComfydockError, counted } from "../../base/mod.ts";
import { readOutputSchema } from "../../mappings/mod.ts";
import { formatCount, type Outcome } from "../../output/mod.ts";
import {
  applyUpdate,
  MANAGER_FILES,
  pipelineErrors,
  planUpdate,
  readSources,
  readUpdateState,
  type UpdatePlan,
  type UpdateResult,
} from "../../pipeline/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { crawlFailure, crawlRequest, crawlWorld } from "./crawl.ts";
import type { updateOptions } from "./pipeline_options.ts";
import { renderFindings } from "./findings_view.ts";
import { commandTime } from "./now.ts";

/** What `registry update` tells: the plan, and what came of it unless it was a dry run. */
export interface UpdateData {
  readonly dry_run: boolean;
  readonly plan: UpdatePlan;
  readonly result?: UpdateResult;
}

/** Runs the whole pipeline in a data directory. */
export async function run(
  { options, dryRun }: InputOf<typeof updateOptions>,
  context: CommandContext,
): Promise<Outcome<UpdateData>> {
  const { dataDir, forceFull } = options;
  const plan = planUpdate(await readUpdateState(dataDir), {
    mode: forceFull ? "full" : "incremental",
    dataDir,
    nodes: !options.noNodes,
    versions: !options.noVersions,
    metadata: !options.noMetadata,
    network: !context.options.offline,
    allowShrink: options.allowShrink,
  });
  if (dryRun) return { data: { dry_run: true, plan } };
  const crawl = crawlRequest(options, commandTime(options.now, context));
  const result = await applyUpdate(plan, {
    ...await crawlWorld(options, context),
    managerHttp: await context.http(),
    managerUrl: options.managerUrl ?? (await readSources()).managerUrl,
    crawl: forceFull ? { ...crawl, sweep: "full" } : crawl,
    schema: options.schemaConfig === undefined
      ? undefined
      : await readOutputSchema(options.schemaConfig),
  });
  return { data: { dry_run: false, plan, result }, error: failureOf(result) };
}

function failureOf(
  { published, crawl, manager_error }: UpdateResult,
): ComfydockError | undefined {
  if (published) return crawl && crawlFailure(crawl) || manager_error && managerKept(manager_error);
  return new ComfydockError(
    pipelineErrors.VALIDATION_FAILED,
    "Found errors in the new data; what was published stays",
    {
      hint: "Read the findings; after a loss that is meant, add --allow-shrink",
    },
  );
}

function managerKept(
  { code, message }: NonNullable<UpdateResult["manager_error"]>,
): ComfydockError {
  return new ComfydockError(
    pipelineErrors.MANAGER_DATA_KEPT,
    `Cannot fetch Manager's data: ${message}`,
    {
      hint: "What was published has that of before; run the same command again later",
      details: { code },
    },
  );
}

/** What came in, what came out, and where it is. */
export function view(
  { dry_run, plan, result }: UpdateData,
  style: Parameters<typeof renderFindings>[1],
): string[] {
  if (dry_run || !result) {
    return plan.phases.map((phase) =>
      phase.skipped
        ? `Would not ${phase.kind}: ${phase.skipped}`
        : `Would ${phase.kind}: ${phase.purpose}`
    );
  }
  const { crawl, manager, stats, validation, snapshot } = result;
  const fetched = manager?.filter((one) => one.status === "fetched").length ?? 0;
  return [
    ...(crawl
      ? [
        `${counted(crawl.packages, "package")} (${formatCount(crawl.new_packages)} new), ` +
        `${counted(crawl.versions, "version")} (${formatCount(crawl.new_versions)} new), ` +
        counted(crawl.requests, "request"),
      ]
      : []),
    ...(crawl?.budget_spent ? ["The request budget is spent; the next run goes on from here"] : []),
    ...(manager ? [`${fetched} of ${MANAGER_FILES.length} Manager files fetched anew`] : []),
    `${counted(stats.signatures, "node signature")} of ${counted(stats.packages, "package")}`,
    ...renderFindings(validation, style),
    ...(result.published ? [`Wrote ${plan.files.mappings}`] : []),
    ...(snapshot?.changed
      ? [`Snapshot of ${snapshot.date} in ${join(plan.dataDir, "cache")}`]
      : []),
  ];
}
