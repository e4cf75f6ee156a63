import { readManifest } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import {
  applyFileSteps,
  bringAlong,
  type BroughtAlong,
  noteHead,
  NOTHING_BROUGHT,
  readEarlierFacts,
} from "../history/mod.ts";
import { resolveManifest } from "../manifest_change/resolve.ts";
import { settleInterrupted } from "../settle.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { diffLocks, type LockChange, readLockPackages } from "../venv/mod.ts";
import { type MergePlan, type MergeRequest, planMerge, requireMergeable } from "./plan.ts";

/** What a merge came to. */
export interface MergeReport extends BroughtAlong {
  readonly plan: MergePlan;
  /** The newest commit now; absent where there was nothing new. */
  readonly commit?: string;
  /** Packages whose locked versions differ. */
  readonly locked: readonly LockChange[];
}

/**
 * Brings a revision into an environment: manifest by key, lock anew, files, a commit with two parents, then ComfyUI,
 * `.venv`, nodes and workflows; all of it or nothing.
 *
 * Where only the other side has new commits, its newest is taken as it is.
 *
 * @throws `MERGE_CONFLICT`, `CHANGES_NOT_COMMITTED`, `PACKAGE_CONFLICT` and what else planning, uv and git find
 */
export async function mergeEnvironment(
  world: EnvironmentWorld,
  request: MergeRequest,
): Promise<MergeReport> {
  const { command = "merge" } = request;
  await settleInterrupted(world, command);
  const tried = await planMerge(world, request);
  if (tried.kind === "current") return { plan: tried, locked: [], ...NOTHING_BROUGHT };
  requireMergeable(world, tried, command);
  return await changeEnvironment(world, { command }, async (transaction) => {
    const plan = await planMerge(world, request);
    requireMergeable(world, plan, command);
    const before = await readEnvironmentState(world);
    const lockText = await resolveMerged(world, plan);
    const earlier = await readEarlierFacts(world);
    await applyFileSteps(world, transaction, plan.theirs, plan.files);
    const commit = plan.kind === "merge"
      ? await commitMerge(world, transaction, plan, lockText)
      : await moveForward(world, transaction, plan);
    const after = await readEnvironmentState(world);
    const locked = diffLocks(readLockPackages(before.lockText), readLockPackages(after.lockText));
    const brought = await bringAlong(world, transaction, { command, earlier });
    return { plan, commit, locked, ...brought };
  });
}

/**
 * Tells what the lock becomes by a merge, without touching anything.
 *
 * @returns Packages whose locked versions would differ; nothing while conflicts are open.
 * @throws `PACKAGE_CONFLICT` and what else uv finds
 */
export async function previewMergedLock(
  world: EnvironmentWorld,
  plan: MergePlan,
): Promise<readonly LockChange[]> {
  if (plan.kind === "current" || plan.conflicts.some(({ chosen }) => !chosen)) return [];
  const { git, environment: { cec } } = world;
  const textOf = async (commit: string) => {
    const bytes = await git.readFile(cec, commit, "uv.lock");
    return bytes && new TextDecoder().decode(bytes);
  };
  const after = plan.kind === "merge"
    ? await resolveMerged(world, plan)
    : await textOf(plan.theirs);
  return diffLocks(readLockPackages(await textOf(plan.ours)), readLockPackages(after));
}

async function resolveMerged(
  world: EnvironmentWorld,
  { manifestText, startLock }: MergePlan,
): Promise<string | undefined> {
  if (manifestText === undefined) return undefined;
  const { git, environment } = world;
  const manifest = readManifest(manifestText, environment.manifest);
  const start = startLock && await git.readBlob(environment.cec, startLock);
  const lockText = await resolveManifest(world, {
    manifestText,
    manifest,
    before: { lockText: start ? new TextDecoder().decode(start) : undefined },
  });
  world.checkpoints.reach("environment:resolved");
  return lockText;
}

async function commitMerge(
  world: EnvironmentWorld,
  transaction: Transaction,
  { label, theirs, files, manifestText }: MergePlan,
  lockText: string | undefined,
): Promise<string> {
  const { environment: { cec, manifest, lockFile }, git, checkpoints } = world;
  if (manifestText !== undefined) await transaction.writeFile(manifest, manifestText);
  if (lockText !== undefined) await transaction.writeFile(lockFile, lockText);
  checkpoints.reach("environment:manifest-written");
  await noteHead(world, transaction);
  await git.add(cec, ["pyproject.toml", "uv.lock", ...files.map(({ path }) => path)]);
  checkpoints.reach("environment:staged");
  const commit = await git.commitMerge(cec, `Merge ${label}`, theirs);
  checkpoints.reach("environment:committed");
  return commit;
}

async function moveForward(
  world: EnvironmentWorld,
  transaction: Transaction,
  { kind, theirs }: MergePlan,
): Promise<string | undefined> {
  if (kind === "current") return undefined;
  const { environment: { cec }, git, checkpoints } = world;
  await noteHead(world, transaction);
  const { ref } = await git.readHead(cec);
  await git.restoreHead(cec, { ref, commit: theirs, tree: theirs });
  checkpoints.reach("environment:head-moved");
  return theirs;
}
