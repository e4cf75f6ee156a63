import { ComfydockError, isKind } from "../../base/mod.ts";
import { createGit } from "../../tools/mod.ts";
import {
  type CommandChain,
  environmentLayout,
  listUndoScopes,
  lookAt,
  planUndo,
  takeBackSince,
  undoLast,
  type UndoPlan,
  workspaceErrors,
} from "../../workspace/mod.ts";
import { journalRequest } from "../change.ts";
import { GIT_HEAD_NOTE } from "../notes.ts";
import type { EnvironmentWorld } from "../types.ts";

/**
 * Decides what `undo` takes back: the last command on an environment, or on the workspace.
 *
 * @param scope The name of an environment, or `workspace`.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE` when commits were made since that it would lose
 */
export async function planEnvironmentUndo(
  world: EnvironmentWorld,
  scope: string,
): Promise<UndoPlan> {
  const plan = await planUndo(world.workspace, scope);
  await refuseLostCommits(world, plan);
  return plan;
}

/**
 * Takes back the last command on an environment, or on the workspace; once more, and that command is done again.
 *
 * @param scope The name of an environment, or `workspace`.
 * @throws `UNDO_NOTHING`, `UNDO_IMPOSSIBLE`, `LOCKED`, `JOURNAL_PENDING`
 */
export async function undoEnvironment(
  world: EnvironmentWorld,
  scope: string,
): Promise<UndoPlan> {
  await planEnvironmentUndo(world, scope);
  return await undoLast({ ...journalRequest(world), scope });
}

/**
 * Takes back what a command did since a point, because it cannot end well; what it did before can still be undone.
 *
 * @param chain Of the command.
 * @param since What {@linkcode CommandChain.last} said of the environment at that point; if it says so still, nothing is done.
 * @throws `UNDO_IMPOSSIBLE`, `LOCKED`, `JOURNAL_PENDING`
 */
export async function takeBackOwn(
  world: EnvironmentWorld,
  chain: CommandChain,
  since: string | undefined,
): Promise<void> {
  const request = journalRequest(world);
  if (chain.last.get(request.scope) === since) return;
  await takeBackSince(request, chain, since);
}

/**
 * The scope whose last command is the newest: an environment's, or that of the workspace.
 *
 * @param names The scopes to choose from.
 */
export async function newestUndoScope(
  world: Pick<EnvironmentWorld, "workspace">,
  names: readonly string[],
): Promise<string | undefined> {
  const known = (await listUndoScopes(world.workspace)).filter((scope) => names.includes(scope));
  const ended = await Promise.all(
    known.map(async (scope) => ({ scope, at: await endOf(world, scope) })),
  );
  const found = ended.filter(({ at }) => at !== undefined);
  return found.sort((a, b) => (a.at! < b.at! ? 1 : -1))[0]?.scope;
}

/** When the last command of a scope ended, also when it cannot be taken back any more. */
async function endOf(
  { workspace }: Pick<EnvironmentWorld, "workspace">,
  scope: string,
): Promise<string | undefined> {
  try {
    return (await planUndo(workspace, scope)).at;
  } catch (error) {
    if (isKind(error, workspaceErrors.UNDO_NOTHING)) return undefined;
    if (!isKind(error, workspaceErrors.UNDO_IMPOSSIBLE)) throw error;
    return typeof error.details.at === "string" ? error.details.at : undefined;
  }
}

/** What was committed after the command had ended is not its own. */
async function refuseLostCommits(world: EnvironmentWorld, plan: UndoPlan): Promise<void> {
  const git = createGit(world.runner, { signal: world.signal });
  for (const step of plan.steps) {
    if (step.kind !== "note" || step.note.kind !== GIT_HEAD_NOTE) continue;
    const { commit, environment } = step.note.data;
    if (typeof commit !== "string" || typeof environment !== "string") continue;
    const { cec } = environmentLayout(world.workspace, environment);
    if (!await lookAt(cec)) continue;
    const commits = await git.log(cec, { rev: `${commit}..HEAD`, limit: 100 });
    const since = commits.filter(({ date }) => Date.parse(date) > Date.parse(plan.at));
    if (since.length === 0) continue;
    throw new ComfydockError(
      workspaceErrors.UNDO_IMPOSSIBLE,
      `Cannot undo "comfydock ${plan.command}": "${since[0]!.subject}" was committed since`,
      {
        hint: `Run comfydock rollback ${commit.slice(0, 8)} --env ${environment}`,
        details: { since: since.map((each) => each.commit) },
      },
    );
  }
}
