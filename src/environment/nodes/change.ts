import { type Manifest, readManifest } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import { isCommitted } from "../history/commit.ts";
import { applyManifest, NOTHING_CHANGED } from "../manifest_change/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { diffLocks, readLockPackages } from "../venv/mod.ts";
import { refuseDuringBisect } from "./bisect/state.ts";
import { nodeFollower } from "./follower.ts";
import { planNodes } from "./plan.ts";
import { type FittingPlan, type TrialOptions, tryChanges } from "./trial.ts";
import type { NodeFailure } from "./collect.ts";
import type { NodeChange, NodePlan, NodeReport } from "./types.ts";

/** What was decided about node packs; all that it needs is on this machine. */
export interface NodeDecision {
  readonly changes: readonly NodeChange[];
  readonly failures?: readonly NodeFailure[];
  /** Changes files before packages are installed, besides what follows the manifest; for the changes that fit. */
  readonly prepare?: (transaction: Transaction, changes: readonly NodeChange[]) => Promise<void>;
  /** Ends the work once packages and packs are in their places. */
  readonly finish?: (manifest: Manifest, changes: readonly NodeChange[]) => Promise<void>;
}

/** A command on node packs. */
export interface NodeCommand extends TrialOptions {
  /** Such as `node add`. */
  readonly command: string;
  /** Decides from what the files of the environment say; may be called twice. */
  readonly decide: (state: EnvironmentState) => Promise<NodeDecision>;
  /** What the commit begins with, such as `Add`. */
  readonly verb: string;
  /** Whether `.venv` follows; by default it does. */
  readonly sync?: boolean;
  readonly dryRun?: boolean;
}

/** What was decided and tried, and from what. */
interface Tried {
  readonly state: EnvironmentState;
  readonly decision: NodeDecision;
  readonly failures: readonly NodeFailure[];
  /** Absent when there is nothing to do. */
  readonly fitting?: FittingPlan;
}

/**
 * Carries out a command on node packs: manifest, lock, `.venv`, files and history together, or nothing.
 *
 * The trial resolution comes first. It is committed, unless something was uncommitted before.
 *
 * @throws what the decision throws, `NODE_CONFLICT`, `NODE_MOVES_TORCH`, `BISECT_ACTIVE`, `LOCKED`
 */
export async function changeNodes(
  world: EnvironmentWorld,
  request: NodeCommand,
): Promise<NodeReport> {
  const { dryRun = false } = request;
  await refuseDuringBisect(world, "change node packs");
  const tried = await decideAndTry(world, request);
  const report = !tried.fitting || dryRun
    ? preview(world, tried)
    : await carryOut(world, request, tried);
  if (tried.fitting) await tellRivals(world, report.plan);
  return report;
}

async function carryOut(
  world: EnvironmentWorld,
  request: NodeCommand,
  tried: Tried,
): Promise<NodeReport> {
  const { command, verb, sync = true } = request;
  return await changeEnvironment(world, { command }, async (transaction) => {
    await refuseDuringBisect(world, "change node packs");
    const before = await readEnvironmentState(world);
    const same = before.manifestText === tried.state.manifestText &&
      before.lockText === tried.state.lockText;
    const { decision, failures, fitting } = same ? tried : await decideAndTry(world, request);
    const plan = fitting?.plan ?? planNodes(before, decision.changes, world.environment.manifest);
    const report = await applyManifest(world, transaction, {
      before,
      manifestText: plan.manifestText,
      resolved: fitting?.lockText,
      command,
      sync,
      commit: await isCommitted(world, MANIFEST_AND_LOCK)
        ? messageOf(verb, plan.changes)
        : undefined,
      prepare: async (transaction) => await decision.prepare?.(transaction, plan.changes),
      follow: [nodeFollower],
    });
    await decision.finish?.(
      readManifest(plan.manifestText, world.environment.manifest),
      plan.changes,
    );
    return { ...report, plan, failures };
  });
}

async function tellRivals(
  world: EnvironmentWorld,
  { manifestText, changes }: NodePlan,
): Promise<void> {
  const { findClassRivals, warnOfRivals } = await import("./class_rivals.ts");
  const manifest = readManifest(manifestText, world.environment.manifest);
  warnOfRivals(world, await findClassRivals(world, manifest, changes));
}

async function decideAndTry(world: EnvironmentWorld, request: NodeCommand): Promise<Tried> {
  const state = await readEnvironmentState(world);
  const decision = await request.decide(state);
  const { changes, failures = [] } = decision;
  if (changes.every(({ action }) => action === "kept")) return { state, decision, failures };
  const fitting = await tryChanges(world, state, changes, request);
  return { state, decision, fitting, failures: [...failures, ...fitting.failures] };
}

function preview(
  { environment }: EnvironmentWorld,
  { state, decision, failures, fitting }: Tried,
): NodeReport {
  if (!fitting) {
    const plan = planNodes(state, decision.changes, environment.manifest);
    return { ...NOTHING_CHANGED, plan, failures };
  }
  const { plan, lockText } = fitting;
  return {
    ...NOTHING_CHANGED,
    manifestChanged: plan.manifestText !== state.manifestText,
    lockChanged: lockText !== state.lockText,
    locked: diffLocks(readLockPackages(state.lockText), readLockPackages(lockText)),
    plan,
    failures,
  };
}

const MANIFEST_AND_LOCK = ["pyproject.toml", "uv.lock"];
const NAMED = 5;

function messageOf(verb: string, changes: readonly NodeChange[]): string {
  const named = changes.filter(({ action }) => action !== "kept").map(({ id, action, after }) =>
    after?.version !== undefined && (action === "added" || action === "updated")
      ? `${id} ${after.version}`
      : id
  );
  const more = named.length - NAMED;
  return `${verb} ${named.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
