import type { EnvironmentWorld } from "../../environment/world/mod.ts";
import { readWorkflowStates } from "../../environment/workflows/states/mod.ts";
import { syncWorkflows } from "../../environment/workflows/tracked/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { SyncStep, SyncStrategy } from "../../workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { workflowSyncOptions } from "./options.ts";

/** What `workflow sync` tells. */
export interface WorkflowSyncData {
  readonly dry_run: boolean;
  readonly steps: readonly SyncStep[];
  /** Left for people to decide; only in a dry run, which does not refuse. */
  readonly conflicts: readonly string[];
  readonly commit: string | null;
}

/** Brings the two sides of workflows together. */
export async function run(
  { options: { strategy }, dryRun }: InputOf<typeof workflowSyncOptions>,
  context: CommandContext,
): Promise<Outcome<WorkflowSyncData>> {
  const { world } = await commandEnvironment(context);
  const decided = strategy === "ask" ? await ask(world, context, dryRun) : strategy;
  const { steps, conflicts, commit = null } = await syncWorkflows(world, {
    strategy: decided,
    dryRun,
  });
  return {
    data: { dry_run: dryRun, steps, conflicts: conflicts.map(({ name }) => name), commit },
  };
}

async function ask(
  world: EnvironmentWorld,
  { ask, options }: CommandContext,
  dryRun: boolean,
): Promise<ReadonlyMap<string, SyncStrategy>> {
  const answers = new Map<string, SyncStrategy>();
  // Who cannot be asked is told by the refusal which flag answers.
  if (!options.interactive || dryRun) return answers;
  for (const { name, file, change } of await readWorkflowStates(world)) {
    if (change !== "conflict") continue;
    const answer = await ask.choose<SyncStrategy | "skip">({
      message: `"${name}" has changed on both sides. Which one counts?`,
      flag: "--strategy",
      choices: [
        { value: "theirs", label: "ComfyUI's version" },
        { value: "ours", label: "the version in .cec" },
        { value: "skip", label: "neither for now" },
      ],
    });
    if (answer !== "skip") answers.set(file, answer);
  }
  return answers;
}

const DONE: Readonly<Record<SyncStep["action"], string>> = {
  take: "taken from ComfyUI",
  put: "given to ComfyUI",
  record: "noted",
};

/** What became of each workflow. */
export function view(
  { steps, conflicts, commit, dry_run }: WorkflowSyncData,
  style: Style,
): string[] {
  if (steps.length === 0 && conflicts.length === 0) return ["Everything is in step"];
  return [
    ...steps.map(({ name, action, gives_up }) =>
      `${style.bold(name)}: ${dry_run ? "would be " : ""}${DONE[action]}${
        gives_up ? "; both versions are in the trash" : ""
      }`
    ),
    ...conflicts.map((name) =>
      `${style.bold(name)}: ${style.red("in conflict")}, to be decided with --strategy`
    ),
    ...(commit === null ? [] : [`Committed ${commit.slice(0, 8)}`]),
  ];
}
