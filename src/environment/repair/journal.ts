import { dirname } from "node:path";
import { ComfydockError, isKind } from "../../base/mod.ts";
import {
  forgetPending,
  isUndisturbed,
  type JournalContext,
  moveToTrash,
  type PendingNote,
  recover,
  type RecoveryReport,
  workspaceErrors,
} from "../../workspace/mod.ts";
import { COMFYUI_NOTE, GIT_HEAD_NOTE, VENV_NOTE } from "../notes.ts";
import type { EnvironmentWorld } from "../types.ts";
import type { RepairFinding, RepairPart } from "./types.ts";

/** What ending interrupted commands came to. */
export interface JournalRepair {
  readonly findings: readonly RepairFinding[];
  /** What could not be brought back yet. */
  readonly pending: readonly PendingNote[];
}

/** Tells what a repair would end. */
export async function inspectJournal(
  { workspace }: EnvironmentWorld,
): Promise<readonly RepairFinding[]> {
  if (await isUndisturbed(workspace)) return [];
  return [{
    part: "journal",
    problem: "A command was interrupted, or is at work",
    remedy: "take it back, or finish it if it was all but done",
    outcome: "planned",
  }];
}

/** Ends what interrupted commands left; a journal that cannot be read goes to the trash, with the old files in it. */
export async function endInterrupted(
  world: EnvironmentWorld,
  context: JournalContext,
): Promise<JournalRepair> {
  const findings: RepairFinding[] = [];
  for (;;) {
    try {
      const report = await recover(context);
      return { findings: [...findings, ...tell(report)], pending: report.pending };
    } catch (error) {
      const path = isKind(error, workspaceErrors.JOURNAL_DAMAGED) && error.details.path;
      if (typeof path !== "string") throw error;
      findings.push(await giveUpJournal(world, dirname(path)));
    }
  }
}

async function giveUpJournal(
  { workspace, environment, clock }: EnvironmentWorld,
  directory: string,
): Promise<RepairFinding> {
  const reason = {
    command: "repair",
    at: new Date(clock.now()).toISOString(),
    environment: environment.name,
  };
  const { id } = await moveToTrash(workspace, directory, reason);
  return {
    part: "journal",
    problem: "The journal of an interrupted command is damaged",
    remedy: "move it to the trash, with the old files that it holds",
    outcome: "fixed",
    hint: `Look into the trash entry ${id} if something is missing`,
  };
}

function tell({ undone, finished }: RecoveryReport): readonly RepairFinding[] {
  const finding = (remedy: string) => ({ command }: { readonly command: string }) => ({
    part: "journal" as const,
    problem: `"comfydock ${command}" was interrupted`,
    remedy,
    outcome: "fixed" as const,
  });
  return [...undone.map(finding("take it back")), ...finished.map(finding("finish it"))];
}

const PARTS: Readonly<Record<string, readonly RepairPart[]>> = {
  [GIT_HEAD_NOTE]: ["history"],
  [COMFYUI_NOTE]: ["comfyui", "models"],
  [VENV_NOTE]: ["lock", "python", "venv"],
};

/**
 * Lets go of what could not be brought back, where the parts concerned are good now by other means.
 *
 * @param bad The parts with problems that remain.
 */
export async function settlePending(
  context: JournalContext,
  pending: readonly PendingNote[],
  bad: ReadonlySet<RepairPart>,
): Promise<readonly RepairFinding[]> {
  const findings: RepairFinding[] = [];
  for (const [transaction, notes] of Map.groupBy(pending, (note) => note.transaction)) {
    const parts = notes.map(({ kind }) => PARTS[kind]);
    const good = parts.every((list) => list?.every((part) => !bad.has(part)));
    if (good) await forgetPending(context, transaction);
    findings.push(...notes.map((note): RepairFinding => ({
      part: "journal",
      problem:
        `"comfydock ${note.command}" was interrupted, and ${note.kind} could not be returned`,
      remedy: "bring it to what manifest and lock say",
      outcome: good ? "fixed" : "remains",
      error: note.error instanceof ComfydockError ? note.error : undefined,
      ...(!good && { hint: "Settle what remains, then run comfydock repair again" }),
    })));
  }
  return findings;
}
