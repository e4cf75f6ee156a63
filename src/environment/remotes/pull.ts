import { ComfydockError, isKind } from "../../base/mod.ts";
import { toolErrors } from "../../tools/mod.ts";
import { changeEnvironment } from "../change.ts";
import {
  type MergeChoice,
  mergeEnvironment,
  type MergePlan,
  type MergeReport,
  planMerge,
} from "../merge/mod.ts";
import { settleInterrupted } from "../settle.ts";
import type { EnvironmentWorld } from "../types.ts";
import { remoteErrors } from "./errors.ts";
import { findPartner, type Partner } from "./partner.ts";
import { seenRef } from "./push.ts";
import { followRemote } from "./settings.ts";

const COMMAND = "pull";

/** What shall be pulled. */
export interface PullRequest {
  /** Default the one that the branch follows, else the only one. */
  readonly remote?: string;
}

/** What was fetched, and what becomes of it. */
export interface FetchedPlan {
  readonly partner: Partner;
  /** The newest commit there. */
  readonly commit: string;
  readonly plan: MergePlan;
}

/**
 * Fetches what the branch of an environment follows, and decides how it comes in.
 *
 * @param options With `dryRun`, what was last seen of the remote stays as it was.
 * @throws `REMOTE_NONE`, `REMOTE_BRANCH_NOT_FOUND`, what git and `planMerge` find
 */
export async function fetchEnvironment(
  world: EnvironmentWorld,
  { remote }: PullRequest = {},
  { dryRun = false, choice }: { readonly dryRun?: boolean; readonly choice?: MergeChoice } = {},
): Promise<FetchedPlan> {
  if (!dryRun) await settleInterrupted(world, COMMAND);
  const partner = await findPartner(world, COMMAND, remote);
  const commit = await fetchFrom(world, partner, dryRun);
  const plan = await planMerge(world, { revision: commit, label: labelOf(partner), choice });
  return { partner, commit, plan };
}

async function fetchFrom(
  { git, environment: { cec }, report }: EnvironmentWorld,
  partner: Partner,
  dryRun: boolean,
): Promise<string> {
  const { remote, theirs } = partner;
  const id = "fetch";
  report.emit({ kind: "started", id, label: `Fetching from ${remote}` });
  try {
    if (dryRun) return await git.fetchOne(cec, remote, theirs);
    await git.fetch(cec, remote);
  } catch (error) {
    if (isKind(error, toolErrors.GIT_REF_NOT_FOUND)) throw notThere(partner);
    throw error;
  } finally {
    report.emit({ kind: "finished", id });
  }
  const commit = await git.resolve(cec, seenRef(partner));
  if (commit === undefined) throw notThere(partner);
  return commit;
}

/**
 * Brings what was fetched into an environment: forward, or merged; with all that follows.
 *
 * @param choice Which side counts where both have changed the same.
 * @throws what {@linkcode mergeEnvironment} throws
 */
export async function pullEnvironment(
  world: EnvironmentWorld,
  { partner, commit }: Pick<FetchedPlan, "partner" | "commit">,
  choice?: MergeChoice,
): Promise<MergeReport> {
  const { branch, remote, theirs, follows } = partner;
  const label = labelOf(partner);
  const report = await mergeEnvironment(world, {
    revision: commit,
    label,
    choice,
    command: COMMAND,
  });
  if (!follows && theirs === branch) {
    const how = { command: COMMAND, undoable: false };
    await changeEnvironment(
      world,
      how,
      (transaction) => followRemote(world, transaction, { branch, remote }),
    );
  }
  return report;
}

function labelOf({ remote, theirs }: Partner): string {
  return `${remote}/${theirs}`;
}

function notThere({ remote, theirs }: Partner): ComfydockError {
  return new ComfydockError(
    remoteErrors.REMOTE_BRANCH_NOT_FOUND,
    `Cannot pull: the remote "${remote}" has no branch "${theirs}"`,
    { hint: `Run comfydock push ${remote} to put it there`, details: { remote, branch: theirs } },
  );
}
