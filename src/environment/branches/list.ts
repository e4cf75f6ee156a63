import { ComfydockError } from "../../base/mod.ts";
import { requireHistory } from "../history/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { branchErrors } from "./errors.ts";

/** A branch of an environment. */
export interface EnvironmentBranch {
  readonly name: string;
  readonly commit: string;
  readonly current: boolean;
  /** Such as `origin/main`; absent where nothing is followed. */
  readonly upstream?: string;
}

/** The branches of an environment. */
export interface BranchList {
  readonly branches: readonly EnvironmentBranch[];
  /** What remotes were last seen to have, such as `origin/main`. */
  readonly remote: readonly { readonly name: string; readonly commit: string }[];
}

const TRACKED = "refs/remotes/";

/**
 * Lists the branches of an environment.
 *
 * @throws `ENVIRONMENT_DAMAGED`
 */
export async function listBranches(world: EnvironmentWorld): Promise<BranchList> {
  const { git, environment: { cec } } = world;
  await requireHistory(world);
  const [all, head] = await Promise.all([git.branches(cec), git.readHead(cec)]);
  return {
    branches: all.filter(({ remote }) => remote === undefined)
      .map(({ name, commit, upstream }) => ({
        name,
        commit,
        current: head.ref === branchRef(name),
        ...(upstream !== undefined && { upstream: upstream.replace(TRACKED, "") }),
      })),
    remote: all.filter(({ remote }) => remote !== undefined)
      .map(({ name, remote, commit }) => ({ name: `${remote}/${name}`, commit })),
  };
}

/** The whole name of a branch. */
export function branchRef(name: string): string {
  return `refs/heads/${name}`;
}

/**
 * The branch that an environment is on.
 *
 * @param doing What was to be done, such as `push`.
 * @throws `BRANCH_NONE`
 */
export async function currentBranch(world: EnvironmentWorld, doing: string): Promise<string> {
  const { git, environment: { cec, name } } = world;
  await requireHistory(world);
  const { ref } = await git.readHead(cec);
  if (ref?.startsWith("refs/heads/")) return ref.slice("refs/heads/".length);
  throw new ComfydockError(
    branchErrors.BRANCH_NONE,
    `Cannot ${doing} the environment "${name}": it is on no branch, only at a commit`,
    { hint: `Run comfydock switch NAME --create --env ${name}` },
  );
}

/**
 * Sees that a name can be given to a new branch; names that differ only in case are one on some systems.
 *
 * @throws `BRANCH_INVALID`, `BRANCH_EXISTS`
 */
export async function checkNewBranch(world: EnvironmentWorld, name: string): Promise<void> {
  const { git, environment } = world;
  if (name.length > MAX_NAME || !await git.isBranchName(name)) {
    throw new ComfydockError(
      branchErrors.BRANCH_INVALID,
      `Cannot name a branch ${JSON.stringify(name.slice(0, MAX_NAME))}: git does not allow it`,
      { hint: "Use letters, digits, - and /, such as try/new-sampler", details: { name } },
    );
  }
  const { branches } = await listBranches(world);
  const there = branches.find((branch) => branch.name.toLowerCase() === name.toLowerCase());
  if (!there) return;
  throw new ComfydockError(
    branchErrors.BRANCH_EXISTS,
    `Cannot make the branch "${name}": "${there.name}" is there already`,
    { hint: `Run comfydock switch ${there.name} --env ${environment.name}`, details: { name } },
  );
}

const MAX_NAME = 200;

/** The error for a branch that is not there. */
export function branchNotFound({ environment }: EnvironmentWorld, name: string): ComfydockError {
  return new ComfydockError(
    branchErrors.BRANCH_NOT_FOUND,
    `Cannot find the branch "${name}" in "${environment.name}"`,
    {
      hint: `Run comfydock branch --env ${environment.name}, or comfydock switch ${name} --create`,
      details: { name },
    },
  );
}
