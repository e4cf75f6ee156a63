import type { EnvironmentWorld } from "../../environment/world/mod.ts";
import { readWorkflowStates } from "../../environment/workflows/states/mod.ts";
import {
  readWorkflowSides,
  syncWorkflows,
  workflowConflict,
} from "../../environment/workflows/tracked/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { SyncStep, SyncStrategy } from "../../workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { workflowSyncOptions } from "./options.ts";

/** What `workflow sync` tells. */
export interface WorkflowSyncData {
  readonly dry_run: boolean;
  readonly steps: readonly SyncStep[];
  /** Left for people to decide. */
  readonly conflicts: readonly string[];
  readonly commit: string | null;
}

/** Brings the two sides of workflows together; what people leave undecided is left alone, and the ending says so. */
export async function run(
  { options: { strategy }, dryRun }: InputOf<typeof workflowSyncOptions>,
  context: CommandContext,
): Promise<Outcome<WorkflowSyncData>> {
  const { world } = await commandEnvironment(context);
  const asks = strategy === "ask" && context.options.interactive && !dryRun;
  const { steps, conflicts, commit = null } = await syncWorkflows(world, {
    strategy: asks
      ? await askStrategies(world, context)
      : strategy === "ask"
      ? undefined
      : strategy,
    skipConflicts: asks,
    dryRun,
  });
  const data = { dry_run: dryRun, steps, conflicts: conflicts.map(({ name }) => name), commit };
  const isLeft = asks && conflicts.length > 0;
  return { data, error: isLeft ? workflowConflict(world.environment.name, conflicts) : undefined };
}

async function askStrategies(
  world: EnvironmentWorld,
  context: CommandContext,
): Promise<ReadonlyMap<string, SyncStrategy>> {
  const answers = new Map<string, SyncStrategy>();
  for (const { name, file, change } of await readWorkflowStates(world)) {
    if (change !== "conflict") continue;
    await show(world, context, { name, file });
    const answer = await context.ask.choose<SyncStrategy | "skip">({
      message: `"${name}" has changed on both sides. Which one counts?`,
      flag: "--strategy",
      choices: [
        { value: "theirs", label: "ComfyUI's version" },
        { value: "ours", label: "the version in .cec" },
        { value: "both", label: "ComfyUI's, and the other one stays beside it" },
        { value: "skip", label: "neither for now" },
      ],
    });
    if (answer !== "skip") answers.set(file, answer);
  }
  return answers;
}

async function show(
  { environment }: EnvironmentWorld,
  context: CommandContext,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<void> {
  const { showWorkflowSides } = await import("./show_sides.ts");
  const { kept, copy } = await readWorkflowSides(environment, { file });
  await showWorkflowSides(context, name, [
    { label: ".cec", content: kept },
    { label: "ComfyUI", content: copy },
  ]);
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
    ...steps.map(({ name, action, gives_up, beside }) =>
      `${style.bold(name)}: ${dry_run ? "would be " : ""}${DONE[action]}${
        gives_up ? "; both versions are in the trash" : beside ? "; the other one is beside it" : ""
      }`
    ),
    ...conflicts.map((name) =>
      `${style.bold(name)}: ${style.red("in conflict")}, to be decided with --strategy`
    ),
    ...(commit === null ? [] : [`Committed ${commit.slice(0, 8)}`]),
  ];
}
