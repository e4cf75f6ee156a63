import { readWorkflowStates } from "../../environment/workflows/states/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { WorkflowState } from "../../workflows/mod.ts";
import { findEnvironment } from "../../workspace/reading/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import type { plainOptions } from "./options.ts";

/** What `workflow status` tells. */
export interface WorkflowStatusData {
  readonly environment: string;
  readonly workflows: readonly WorkflowData[];
}

/** One workflow. */
export interface WorkflowData extends Pick<WorkflowState, "name" | "file" | "tracking" | "change"> {
  /** The command that settles what differs. */
  readonly settle: string | null;
}

/** Tells how the workflows of an environment stand. */
export async function run(
  _input: InputOf<typeof plainOptions>,
  context: CommandContext,
): Promise<Outcome<WorkflowStatusData>> {
  const workspace = await openNamedWorkspace(context);
  const environment = await findEnvironment(workspace, context.options.env);
  const states = await readWorkflowStates({ environment });
  const workflows = states.map((state) => {
    const { name, file, tracking, change } = state;
    return { name, file, tracking, change, settle: settleOf(state, environment.name) };
  });
  return { data: { environment: environment.name, workflows } };
}

function settleOf({ name, tracking, change }: WorkflowState, environment: string): string | null {
  if (tracking === "ignored" || change === "synced") return null;
  const words = tracking === "watched"
    ? `track ${JSON.stringify(name)}`
    : change === "conflict"
    ? "sync --strategy theirs"
    : "sync";
  return `comfydock workflow ${words} --env ${environment}`;
}

const WORDS: Readonly<Record<WorkflowState["change"], string>> = {
  synced: "synced",
  new: "new",
  modified: "modified in ComfyUI",
  edited: "modified in .cec",
  conflict: "in conflict: modified on both sides",
  deleted: "deleted in ComfyUI",
  lost: "missing in .cec",
};

/** A line a workflow, and what settles it. */
export function view({ workflows, environment }: WorkflowStatusData, style: Style): string[] {
  if (workflows.length === 0) {
    return [`"${environment}" has no workflows yet; what is saved in ComfyUI shows here`];
  }
  const width = Math.max(...workflows.map(({ name }) => name.length));
  return workflows.map(({ name, tracking, change, settle }) => {
    const paint = change === "synced"
      ? style.green
      : change === "conflict" || change === "lost"
      ? style.red
      : style.yellow;
    const state = tracking === "ignored" ? style.dim("ignored") : paint(WORDS[change]);
    const hint = settle === null ? "" : style.dim(`  ${settle}`);
    return `${name.padEnd(width)}  ${tracking.padEnd(7)}  ${state}${hint}`;
  });
}
