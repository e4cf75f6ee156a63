import { ComfydockError } from "../../base/mod.ts";
import { createStyle, type Style } from "../../output/mod.ts";
import { diffWorkflows, readLoaderTable, readWorkflow } from "../../workflows/mod.ts";
import type { CommandContext } from "../types.ts";
import { diffLines } from "./diff_lines.ts";

const MOST = 12;
const WIDTH = 80;

/** One side of a conflict about a workflow. */
export interface WorkflowSide {
  /** What people call it. */
  readonly label: string;
  /** Absent where this side has no file. */
  readonly content?: Uint8Array;
}

/** Tells people what one version of a workflow does differently from the other. */
export async function showWorkflowSides(
  { report, options }: Pick<CommandContext, "report" | "options">,
  name: string,
  [before, after]: readonly [WorkflowSide, WorkflowSide],
): Promise<void> {
  const style = createStyle(options.color.stderr, WIDTH);
  const lines = [
    `${style.bold(name)}: from ${before.label} to ${after.label}`,
    ...(await linesBetween(before, after, style)).map((line) => `  ${line}`),
  ];
  report.emit({ kind: "logged", level: "INFO", message: lines.join("\n") });
}

async function linesBetween(
  before: WorkflowSide,
  after: WorkflowSide,
  style: Style,
): Promise<readonly string[]> {
  if (before.content === undefined || after.content === undefined) {
    return [`${(before.content === undefined ? before : after).label} has no file`];
  }
  const [old, now] = [before, after].map(({ content }) => new TextDecoder().decode(content));
  try {
    const diff = diffWorkflows(
      readWorkflow(old!, before.label),
      readWorkflow(now!, after.label),
      await readLoaderTable(),
    );
    const lines = diffLines(diff, style);
    const more = lines.length - MOST;
    return more > 0 ? [...lines.slice(0, MOST), style.dim(`… and ${more} more`)] : lines;
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    // What is no workflow any more can still be kept or given up.
    return [`${old!.length} and ${now!.length} characters, which are not both workflows`];
  }
}
