import { counted, ExitCode } from "../../base/mod.ts";
import {
  applyDedupe,
  type DedupePlan,
  type DedupeReport,
  ModelIndex,
  MODELS_LOCK,
  openIndexIfAny,
  planDedupe,
} from "../../models/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import { type ModelWorkspace, modelWorkspace } from "../../session/models/mod.ts";
import { createRunner } from "../../tools/mod.ts";
import { checkpointsFromEnvironment, withLock } from "../../workspace/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import type { dedupeOptions } from "./options.ts";

/** What `model dedupe` tells. */
export interface ModelDedupeData {
  readonly dry_run: boolean;
  readonly method: "link" | "reflink";
  readonly groups: readonly {
    readonly name: string;
    readonly blake3: string;
    readonly size: number;
    readonly kept: string;
    readonly replaced: readonly string[];
  }[];
  /** In bytes. */
  readonly freed: number;
  readonly problems: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: string;
  }[];
}

/** Lets equal files share their bytes, after asking. */
export async function run(
  { options: { reflink }, dryRun }: InputOf<typeof dedupeOptions>,
  context: CommandContext,
): Promise<Outcome<ModelDedupeData>> {
  const world = await modelWorkspace(context, await openNamedWorkspace(context), "model dedupe");
  const method = reflink ? "reflink" : "link";
  const plan = await currentPlan(world);
  if (dryRun || plan.groups.length === 0) return toOutcome(plan, method, dryRun);
  const message = `Replace ${count(plan)} files by ${method}s, which gives back ${
    formatBytes(freedBy(plan))
  }?`;
  if (!await context.ask.confirm({ message, flag: "--yes" })) {
    return toOutcome({ groups: [], problems: plan.problems }, method, false);
  }
  const { layout } = world.workspace;
  const done = await withLock(layout, MODELS_LOCK, world.lock, async () => {
    using index = new ModelIndex(layout.modelIndex);
    // Somebody may have changed something while the question stood.
    return await applyDedupe(index, planDedupe(index), {
      method,
      report: context.report,
      signal: context.signal,
      runner: createRunner({ env: context.env }),
      checkpoints: checkpointsFromEnvironment(context.env),
    });
  });
  return toOutcome(done, method, false);
}

async function currentPlan({ workspace }: ModelWorkspace): Promise<DedupePlan> {
  using index = await openIndexIfAny(workspace.layout);
  return index ? planDedupe(index) : { groups: [], problems: [] };
}

function count({ groups }: DedupePlan): number {
  return groups.reduce((sum, { replaced }) => sum + replaced.length, 0);
}

function freedBy({ groups }: DedupePlan): number {
  return groups.reduce((sum, { freed }) => sum + freed, 0);
}

function toOutcome(
  { groups, problems }: DedupePlan | DedupeReport,
  method: "link" | "reflink",
  dry_run: boolean,
): Outcome<ModelDedupeData> {
  const data = {
    dry_run,
    method,
    groups: groups.map(({ model, kept, replaced }) => ({
      name: model.name,
      blake3: model.blake3,
      size: model.size,
      kept: kept.path,
      replaced: replaced.map(({ path }) => path),
    })),
    freed: freedBy({ groups, problems }),
    problems,
  };
  return { data, exit: problems.length > 0 ? ExitCode.failed : ExitCode.ok };
}

/** Which file takes the place of which, and how much that gives back. */
export function view(data: ModelDedupeData, style: Style): string[] {
  const { dry_run, groups, freed, problems } = data;
  const count = groups.reduce((sum, { replaced }) => sum + replaced.length, 0);
  return [
    ...groups.flatMap(({ name, size, kept, replaced }) => [
      `${style.bold(name)} ${formatBytes(size)} ${style.dim(kept)}`,
      ...replaced.map((path) => style.dim(`  for ${path}`)),
    ]),
    ...problems.map(({ message }) => `${style.red("error")} ${message}`),
    count === 0
      ? "No file was replaced"
      : `${dry_run ? "Would replace" : "Replaced"} ${counted(count, "file")}: ${
        formatBytes(freed)
      } given back`,
  ];
}
