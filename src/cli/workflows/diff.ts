import type { Outcome, Style } from "../../output/mod.ts";
import {
  diffWorkflows,
  openWorkflow,
  readLoaderTable,
  type WorkflowDiff,
} from "../../workflows/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { diffLines } from "./diff_lines.ts";
import type { plainOptions } from "./options.ts";
import { findWorkflowFile } from "./workflow_file.ts";

/** What `workflow diff` tells. */
export interface WorkflowDiffData extends WorkflowDiff {
  readonly before: string;
  readonly after: string;
}

/** Compares two workflows. */
export async function run(
  { args: [a = "", b] }: InputOf<typeof plainOptions>,
  context: CommandContext,
): Promise<Outcome<WorkflowDiffData>> {
  const before = await findWorkflowFile(context, a, "tracked");
  const after = b === undefined
    ? await findWorkflowFile(context, a, "copy")
    : await findWorkflowFile(context, b, "tracked");
  const [old, now] = [before, after].map((path) => openWorkflow(path).workflow);
  return { data: { before, after, ...diffWorkflows(old!, now!, await readLoaderTable()) } };
}

/** What was added, removed and changed. */
export function view(data: WorkflowDiffData, style: Style): string[] {
  return diffLines(data, style);
}
