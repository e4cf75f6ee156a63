import {
  environmentLock,
  type JournalContext,
  transact,
  type TransactionRequest,
  withLocks,
} from "../../workspace/mod.ts";
import { requireAtRest } from "../at_rest.ts";
import { journalRequest } from "../change.ts";
import { FOLLOWERS } from "../followers/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import {
  examineComfyUI,
  examineComfyUIFiles,
  examineComfyUIVersion,
  examineModels,
} from "./comfyui.ts";
import { failureOf } from "./failure.ts";
import { examineBeginning, examineHistory } from "./history.ts";
import { endInterrupted, inspectJournal, settlePending } from "./journal.ts";
import { examinerOf } from "./followers.ts";
import { examineManifest, examinePythonVersion } from "./manifest.ts";
import { examineModelFiles } from "./models.ts";
import { examineLock, examinePython, examineVenv } from "./packages.ts";
import { examineScratch } from "./scratch.ts";
import { examineWorkflows } from "./workflows.ts";
import type { Examiner, RepairFinding, RepairPart, RepairProblem, RepairReport } from "./types.ts";

/** Each stands on what those before it have settled. */
const EXAMINERS: readonly (readonly [RepairPart, Examiner])[] = [
  ["scratch", examineScratch],
  ["history", examineHistory],
  ["manifest", examineManifest],
  ["python", examinePythonVersion],
  ["python", examinePython],
  ["lock", examineLock],
  ["venv", examineVenv],
  ["comfyui", examineComfyUI],
  ["comfyui", examineComfyUIFiles],
  ["comfyui", examineComfyUIVersion],
  ["models", examineModels],
  ["model_files", examineModelFiles],
  ["workflows", examineWorkflows],
  ...FOLLOWERS.map((follower) => [follower.part, examinerOf(follower)] as const),
  ["history", examineBeginning],
];

const COMMAND = "repair";

/**
 * Brings a half-done or damaged environment back to what its manifest says.
 *
 * Each problem is settled by itself, so that one which cannot be does not keep the others. What could not be made again
 * goes to the trash.
 *
 * @param options With `dryRun` only tells what is wrong and what would be done.
 * @throws `LOCKED`, `RUN_ALREADY`, `INTERRUPTED`
 */
export async function repairEnvironment(
  world: EnvironmentWorld,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<RepairReport> {
  if (dryRun) {
    const findings = [...await inspectJournal(world)];
    for (const examine of EXAMINERS) {
      const problems = await look(world, examine);
      findings.push(...problems.map((problem) => planned(problem)));
    }
    return reportOf(findings);
  }
  await requireAtRest(world, COMMAND);
  const request = { ...journalRequest(world), command: COMMAND, undoable: false };
  const { workspace, environment, lockTimeoutMs: timeoutMs, clock, signal } = world;
  const waiting = { command: COMMAND, timeoutMs, clock, signal, onWait: request.onWait };
  const names = [environmentLock(environment.name)];
  return await withLocks(workspace, names, waiting, async (locks) => {
    const context = { ...request, locks };
    const journal = await endInterrupted(world, context);
    const findings = [...journal.findings];
    for (const examine of EXAMINERS) {
      for (const problem of await look(world, examine)) {
        findings.push(await settle(context, problem));
      }
    }
    const bad = findings.filter(({ outcome }) => outcome === "remains").map(({ part }) => part);
    return reportOf([...findings, ...await settlePending(context, journal.pending, new Set(bad))]);
  });
}

function reportOf(findings: readonly RepairFinding[]): RepairReport {
  return { findings, ok: findings.every(({ outcome }) => outcome !== "remains") };
}

async function look(
  world: EnvironmentWorld,
  [part, examine]: readonly [RepairPart, Examiner],
): Promise<readonly RepairProblem[]> {
  try {
    return await examine(world, await readStateIfPossible(world));
  } catch (error) {
    const failure = failureOf(error);
    return [{ part, problem: "It cannot be looked at", error: failure, hint: failure.hint }];
  }
}

async function readStateIfPossible(
  world: EnvironmentWorld,
): Promise<EnvironmentState | undefined> {
  try {
    return await readEnvironmentState(world);
  } catch (error) {
    // Why it cannot be read is told by the examiners of history and manifest.
    failureOf(error);
    return undefined;
  }
}

function planned({ part, problem, remedy, hint, error, told, fix }: RepairProblem): RepairFinding {
  const outcome = fix ? "planned" : told ? "noted" : "remains";
  return { part, problem, remedy, outcome, hint, error };
}

async function settle(
  context: JournalContext & Omit<TransactionRequest, "locks">,
  found: RepairProblem,
): Promise<RepairFinding> {
  const { fix } = found;
  if (!fix) return planned(found);
  try {
    await transact(context, (transaction) => fix(transaction));
    return { ...planned(found), outcome: "fixed" };
  } catch (error) {
    const failure = failureOf(error);
    return { ...planned(found), outcome: "remains", error: failure, hint: failure.hint };
  }
}
