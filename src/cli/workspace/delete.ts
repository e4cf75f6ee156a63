import { counted } from "../../base/mod.ts";
import {
  applyDelete,
  type DeletePlan,
  planDelete,
  surveyEnvironment,
} from "../../environment/delete/mod.ts";
import { alignColumns, formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import { findEnvironment, measureTrees, type TreeSize } from "../../workspace/mod.ts";
import { newCommandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "./access.ts";
import type { deleteOptions } from "./options.ts";

/** What `delete` tells. */
export interface DeleteData {
  readonly dry_run: boolean;
  readonly environment: string;
  readonly path: string;
  readonly purge: boolean;
  /** What goes to the trash, in one entry. */
  readonly kept: DeletePlan["kept"];
  readonly logs: readonly string[];
  /** What goes besides; measured only with --dry-run. */
  readonly removed?: TreeSize;
  /** Whether the workspace has no active environment any more. */
  readonly was_active: boolean;
}

/** Deletes an environment. */
export async function run(
  { options: { purge }, args, dryRun }: InputOf<typeof deleteOptions>,
  context: CommandContext,
): Promise<Outcome<DeleteData>> {
  const workspace = await openNamedWorkspace(context);
  const { name, root } = await findEnvironment(workspace, args[0]!);
  const { world } = await newCommandEnvironment(context, workspace, name);
  if (dryRun) {
    const survey = await surveyEnvironment(world, { purge });
    const active = workspace.facts.activeEnvironment;
    const plan = planDelete(world.environment, survey, { purge, active });
    const all = await measureTrees([root, ...plan.logs], context.signal);
    const removed = {
      files: all.files - sumOf(plan, "files"),
      bytes: Math.max(0, all.bytes - sumOf(plan, "bytes")),
    };
    return { data: { ...toData(plan, true), removed } };
  }
  if (purge) {
    const message = `Delete ${name} for good, with all that was made in it?`;
    if (!await context.ask.confirm({ message, flag: "--yes" })) {
      const survey = { kept: [], logs: [] };
      return { data: toData(planDelete(world.environment, survey, { purge }), true) };
    }
  }
  return { data: toData(await applyDelete(world, { purge }), false) };
}

function toData(plan: DeletePlan, dry_run: boolean): DeleteData {
  const { name: environment, path, purge, kept, logs, wasActive: was_active } = plan;
  return { dry_run, environment, path, purge, kept, logs, was_active };
}

function sumOf({ kept }: DeletePlan, what: keyof TreeSize): number {
  return kept.reduce((sum, one) => sum + one[what], 0);
}

const REASONS = {
  history: "manifest, lock, workflows, history",
  made: "made here",
  local: "differs from its source, or has none",
} as const;

/** What went where. */
export function view(data: DeleteData, style: Style): string[] {
  const { dry_run, environment, purge, kept, removed, was_active } = data;
  const name = style.bold(environment);
  const rows = kept.map(({ path, reason, bytes, files }) => [
    path,
    formatBytes(bytes),
    counted(files, "file"),
    style.dim(REASONS[reason]),
  ]);
  return [
    `${dry_run ? "Would delete" : "Deleted"} ${name}${purge ? " for good" : ""}`,
    ...(rows.length > 0
      ? [`  ${dry_run ? "To the trash" : "In the trash"}:`, ...alignColumns(rows, { indent: 4 })]
      : []),
    ...(removed
      ? [`  Removed: ${formatBytes(removed.bytes)}, ${counted(removed.files, "file")}`]
      : []),
    ...(was_active && !dry_run ? ["No environment is active now: comfydock use NAME"] : []),
    ...(dry_run || purge
      ? []
      : [style.dim("comfydock undo brings it back; comfydock trash list shows what is kept")]),
  ];
}
