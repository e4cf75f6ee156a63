import { ComfydockError } from "../../base/mod.ts";
import { branchErrors, branchRef } from "../branches/mod.ts";
import { changeEnvironment } from "../change.ts";
import { resolveRevision } from "../diff/mod.ts";
import { uncommitted } from "../history/mod.ts";
import { settleInterrupted } from "../settle.ts";
import type { EnvironmentWorld } from "../types.ts";
import { findPartner, type Partner } from "./partner.ts";
import { followRemote } from "./settings.ts";

const COMMAND = "push";

/** What shall be pushed. */
export interface PushRequest {
  /** Default the one that the branch follows, else the only one. */
  readonly remote?: string;
  /** Overwrites what is there, as long as it is what was last seen of it. */
  readonly force?: boolean;
}

/** A commit that is pushed. */
export interface PushedCommit {
  readonly commit: string;
  readonly subject: string;
}

/** What a push does. */
export interface PushPlan extends Partner {
  readonly commit: string;
  /** What was last seen there; absent where the branch is new. */
  readonly before?: string;
  /** New there, newest first; at most 100. */
  readonly commits: readonly PushedCommit[];
  /** Files with changes that are in no commit, so that they stay here. */
  readonly unsaved: readonly string[];
  readonly force: boolean;
}

const SHOWN = 100;

/**
 * Decides what a push does, from what was last seen of the remote.
 *
 * @throws `REMOTE_NONE`, `REMOTE_NOT_FOUND`, `REMOTE_OFFLINE`, `BRANCH_NONE`
 */
export async function planPush(
  world: EnvironmentWorld,
  { remote, force = false }: PushRequest = {},
): Promise<PushPlan> {
  const { git, environment: { cec } } = world;
  const partner = await findPartner(world, COMMAND, remote);
  const commit = await resolveRevision(world, "HEAD");
  const before = await git.resolve(cec, seenRef(partner));
  const rev = before === undefined ? commit : `${before}..${commit}`;
  const commits = await git.log(cec, { rev, limit: SHOWN });
  return {
    ...partner,
    commit,
    before,
    commits: commits.map(({ commit, subject }) => ({ commit, subject })),
    unsaved: (await uncommitted(world)).map(({ path }) => path),
    force,
  };
}

/** The reference that keeps what was last seen of the partner's branch. */
export function seenRef({ remote, theirs }: Pick<Partner, "remote" | "theirs">): string {
  return `refs/remotes/${remote}/${theirs}`;
}

/**
 * Pushes the branch of an environment, which then follows the one there.
 *
 * Force overwrites only what was last seen there: commits that others have pushed since are never lost.
 *
 * @throws `GIT_PUSH_REJECTED`, `REMOTE_NONE`, and what git finds
 */
export async function pushEnvironment(
  world: EnvironmentWorld,
  request: PushRequest = {},
): Promise<PushPlan> {
  await settleInterrupted(world, COMMAND);
  return await changeEnvironment(
    world,
    { command: COMMAND, undoable: false },
    async (transaction) => {
      const { git, environment: { cec }, report, checkpoints } = world;
      const plan = await planPush(world, request);
      const { branch, remote, theirs, before = "", force, follows } = plan;
      if (theirs !== branch) throw otherName(plan);
      const id = "push";
      report.emit({ kind: "started", id, label: `Pushing ${branch} to ${remote}` });
      try {
        await git.push(cec, { remote, branch, ...(force && { lease: before }) });
      } finally {
        report.emit({ kind: "finished", id });
      }
      checkpoints.reach("environment:pushed");
      await git.setRef(cec, seenRef(plan), await git.resolve(cec, branchRef(branch)));
      if (!follows) await followRemote(world, transaction, { branch, remote });
      return plan;
    },
  );
}

function otherName({ branch, theirs, remote }: PushPlan): ComfydockError {
  return new ComfydockError(
    branchErrors.BRANCH_INVALID,
    `Cannot push the branch "${branch}": it follows "${theirs}" of ${remote}, which has another name`,
    { hint: `Run comfydock switch ${theirs} --create, then push that` },
  );
}
