import { counted } from "../../base/mod.ts";
import { readRunState } from "../../environment/run/mod.ts";
import {
  readWorkflowStates,
  syncWorkflows,
  type WatchEvent,
  watchWorkflows,
} from "../../environment/workflows/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import type { SyncStep } from "../../workflows/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { untilInterrupted } from "../until_interrupted.ts";
import type { watchOptions } from "./options.ts";

/** What `workflow watch` tells at its end. */
export interface WorkflowWatchData {
  readonly dry_run: boolean;
  readonly environment: string;
  /** How many workflows were brought together; in a dry run, how many would be now. */
  readonly synced: number;
  /** Names of those that ComfyUI shows and nobody tracks or ignores. */
  readonly untracked: readonly string[];
}

/** Keeps workflows in step until Ctrl-C; each event is told as it comes. */
export async function run(
  { options: { commit, poll, withRun }, dryRun }: InputOf<typeof watchOptions>,
  context: CommandContext,
): Promise<Outcome<WorkflowWatchData>> {
  const { world, environment: { name } } = await commandEnvironment(context);
  let synced = 0;
  if (dryRun) {
    synced = (await syncWorkflows(world, { dryRun })).steps.length;
  } else {
    const isOver = async () => (await readRunState(world)).status !== "running";
    const options = { commit, poll, isOver: withRun ? isOver : undefined };
    await untilInterrupted(context.signal, async () => {
      for await (const told of watchWorkflows(world, options)) {
        if (told.event === "synced") synced += told.steps.length;
        if (!context.follow(told, watchLines(told, name))) break;
      }
    });
  }
  // Also after Ctrl-C it is told how things stand.
  const untracked = (await readWorkflowStates(world))
    .filter(({ tracking }) => tracking === "watched");
  return {
    data: {
      dry_run: dryRun,
      environment: name,
      synced,
      untracked: untracked.map((one) => one.name),
    },
    endless: true,
  };
}

const DONE: Readonly<Record<SyncStep["action"], string>> = {
  take: "took it from ComfyUI",
  put: "gave it to ComfyUI",
  record: "noted",
};

/** An event in words. */
export function watchLines(told: WatchEvent, environment: string): readonly string[] {
  switch (told.event) {
    case "watching":
      return [
        `Watching ${counted(told.tracked, "tracked workflow")} of ${environment}` +
        (told.untracked > 0 ? `; ${told.untracked} are not tracked` : "") +
        (told.by === "polling" ? "; looking every second, for file events do not come here" : ""),
      ];
    case "synced":
      return [
        ...told.steps.map(({ name, action }) => `${name}: ${DONE[action]}`),
        ...(told.commit === null ? [] : [`Committed ${told.commit.slice(0, 8)}`]),
      ];
    case "new":
      return [`${told.name}: new; comfydock workflow track ${quoted(told.name)} looks after it`];
    case "conflict":
      return [`${told.name}: changed on both sides; comfydock workflow sync settles it`];
    case "deleted":
      return [
        `${told.name}: deleted in ComfyUI; comfydock workflow untrack ${
          quoted(told.name)
        } lets go ` +
        "of it, comfydock workflow sync brings it back",
      ];
    case "taken_back":
      return [`${told.name}: taken back; it is left so until it changes again`];
    case "waiting":
      return [`Waiting: ${told.message}`];
    case "failed":
      return [`${told.message}${told.hint === null ? "" : `; ${told.hint}`}`];
  }
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

/** How it stands at the end. */
export function view({ dry_run, environment, synced, untracked }: WorkflowWatchData): string[] {
  const what = `${synced} ${synced === 1 ? "workflow" : "workflows"} of ${environment}`;
  return [
    dry_run
      ? `Would watch; ${what} would be brought together at once`
      : `Brought together: ${what}`,
    ...untracked.map((name) => `${name}: not tracked`),
  ];
}
