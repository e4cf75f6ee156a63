import { ComfydockError } from "../../base/mod.ts";
import {
  conflictError,
  findExclusions,
  findRemedies,
  type RemedyOptions,
  tryFit,
} from "../../nodes/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { readFitProject, trialResolver } from "./fit/project.ts";
import { type FitRequest, requireFit } from "./fit/require.ts";
import { planNodes } from "./plan.ts";
import type { NodeFailure } from "./collect.ts";
import type { NodeChange, NodePlan } from "./types.ts";

/** What a trial may use, and how it goes on. */
export interface TrialOptions extends Pick<FitRequest, "versionsOf"> {
  /** Leaves packs out that do not fit, instead of refusing all. */
  readonly keepGoing?: boolean;
}

/** Changes that fit together. */
export interface FittingPlan {
  readonly plan: NodePlan;
  /** The lock that belongs to it. */
  readonly lockText: string;
  /** Packs that were left out. */
  readonly failures: readonly NodeFailure[];
}

/**
 * Finds out by a trial resolution whether the environment would hold with changes of node packs; touches nothing.
 *
 * @throws `NODE_CONFLICT`, `NODE_MOVES_TORCH` with what would help, and what uv finds besides
 */
export async function tryChanges(
  world: EnvironmentWorld,
  state: EnvironmentState,
  changes: readonly NodeChange[],
  { versionsOf, keepGoing = false }: TrialOptions = {},
): Promise<FittingPlan> {
  const failures = keepGoing ? await findFailures(world, state, changes, versionsOf) : [];
  const kept = without(changes, failures);
  const plan = planNodes(state, kept, world.environment.manifest);
  const { manifestText } = plan;
  const trees = treesOf(kept);
  const lockText = await requireFit(world, { manifestText, before: state, trees, versionsOf });
  return { plan, lockText, failures };
}

/** The packs that cannot come in: because of an address that cannot be had, or because of others. */
async function findFailures(
  world: EnvironmentWorld,
  state: EnvironmentState,
  changes: readonly NodeChange[],
  versionsOf: RemedyOptions["versionsOf"] | undefined,
): Promise<readonly NodeFailure[]> {
  const failures: NodeFailure[] = [];
  for (;;) {
    const left = without(changes, failures);
    try {
      return [...failures, ...await findMisfits(world, state, left, versionsOf)];
    } catch (error) {
      const asker = left.find(({ id, action }) => action !== "kept" && isAsker(error, id));
      if (!asker || !(error instanceof Error)) throw error;
      failures.push({ named: asker.id, error });
    }
  }
}

/** Whether a resolution came to its end because of what a pack asks for. */
function isAsker(error: unknown, id: string): boolean {
  const packs = error instanceof ComfydockError ? error.details.packs : undefined;
  return Array.isArray(packs) && packs.includes(id);
}

function without(
  changes: readonly NodeChange[],
  failures: readonly NodeFailure[],
): readonly NodeChange[] {
  const out = new Set(failures.map(({ named }) => named));
  return changes.filter(({ id }) => !out.has(id));
}

/** The packs that cannot come in because of others that are there, or come in before them. */
async function findMisfits(
  world: EnvironmentWorld,
  state: EnvironmentState,
  changes: readonly NodeChange[],
  versionsOf: RemedyOptions["versionsOf"] = () => Promise.resolve([]),
): Promise<readonly NodeFailure[]> {
  const { manifestText } = planNodes(state, changes, world.environment.manifest);
  const candidates = new Set(changes.filter(({ action }) => action !== "kept").map(({ id }) => id));
  const project = await readFitProject(world, {
    manifestText,
    lockText: state.lockText,
    trees: treesOf(changes),
    candidates,
  });
  const resolve = trialResolver(world);
  if ((await tryFit(project, resolve)).fits) return [];
  const { conflicts, fitting } = await findExclusions(project, resolve);
  const failures: NodeFailure[] = [];
  for (const { id } of project.packs) {
    const conflict = conflicts.find(({ packs }) => packs.includes(id));
    if (!conflict || !candidates.has(id) || fitting.includes(id)) continue;
    const remedies = await findRemedies(project, conflict, resolve, { candidates, versionsOf });
    failures.push({ named: id, error: conflictError(conflict, remedies) });
  }
  return failures;
}

function treesOf(changes: readonly NodeChange[]): ReadonlyMap<string, string> {
  return new Map(
    changes.flatMap(({ id, obtained }) => obtained ? [[id, obtained.tree] as const] : []),
  );
}
