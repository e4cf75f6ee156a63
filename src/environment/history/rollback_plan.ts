import { ComfydockError } from "../../base/mod.ts";
import { resolveRevision } from "../diff/mod.ts";
import { environmentErrors } from "../errors.ts";
import type { EnvironmentWorld } from "../types.ts";
import { uncommitted } from "./commit.ts";
import type { FileStep } from "./file_steps.ts";
import { requireHistory } from "./save.ts";

/** How an environment returns to a revision. */
export interface RollbackPlan {
  /** The commit to return to. */
  readonly commit: string;
  /** The newest commit. */
  readonly head: string;
  readonly steps: readonly FileStep[];
  /** Whether the content becomes a new commit; otherwise only what is not committed goes. */
  readonly commits: boolean;
}

/**
 * Decides how the files of `.cec` return to a revision.
 *
 * @param revision Default the newest commit: what is not committed is given up.
 * @throws `REVISION_NOT_FOUND`, `NOTHING_TO_ROLL_BACK`, `ENVIRONMENT_DAMAGED`
 */
export async function planRollback(
  world: EnvironmentWorld,
  revision?: string,
): Promise<RollbackPlan> {
  const { git, environment: { cec, name } } = world;
  await requireHistory(world);
  const head = await resolveRevision(world, "HEAD");
  const commit = revision === undefined ? head : await resolveRevision(world, revision);
  const open = new Map((await uncommitted(world)).map((entry) => [entry.path, entry]));
  const steps: FileStep[] = [];
  for (const { path, change } of await git.differences(cec, commit)) {
    // What the revision lacks counts as added.
    const action = change === "A" ? "remove" : "write";
    steps.push({ path, action, trash: open.has(path) });
  }
  const planned = new Set(steps.map(({ path }) => path));
  for (const { path, kind } of open.values()) {
    if (kind !== "untracked" || planned.has(path)) continue;
    const kept = await git.readFile(cec, commit, path);
    steps.push({ path, action: kept ? "write" : "remove", trash: true });
  }
  const commits = commit !== head;
  const staged = [...open.values()].some(({ path }) => !planned.has(path));
  if (steps.length === 0 && !staged && !(commits && await differs(world, head, commit))) {
    throw new ComfydockError(
      environmentErrors.NOTHING_TO_ROLL_BACK,
      revision === undefined
        ? `Cannot roll back "${name}": everything is committed`
        : `Cannot roll back "${name}": its files are as "${revision}" has them`,
      { hint: `Name an older commit, see comfydock log --env ${name}` },
    );
  }
  return { commit, head, steps, commits };
}

async function differs(
  { git, environment: { cec } }: EnvironmentWorld,
  from: string,
  to: string,
): Promise<boolean> {
  return (await git.differences(cec, from, to)).length > 0;
}
