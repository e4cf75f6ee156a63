import { ComfydockError } from "../../base/mod.ts";
import { changeEnvironment } from "../change.ts";
import { environmentErrors } from "../errors.ts";
import { hasRepository, readEnvironmentState } from "../state.ts";
import type { EnvironmentWorld } from "../types.ts";
import { commitChanges, uncommitted } from "./commit.ts";

/** What was committed. */
export interface SavedCommit {
  readonly commit: string;
  readonly paths: readonly string[];
}

/**
 * Commits all changes in `.cec`.
 *
 * @throws `NOTHING_TO_COMMIT`, `MANIFEST_INVALID`, `ENVIRONMENT_DAMAGED`, git's errors
 */
export async function commitEnvironment(
  world: EnvironmentWorld,
  message: string,
): Promise<SavedCommit> {
  // A manifest that cannot be read shall not become history.
  await readEnvironmentState(world);
  await requireHistory(world);
  if ((await uncommitted(world)).length === 0) throw nothing(world);
  return await changeEnvironment(world, { command: "commit" }, async (transaction) => {
    const paths = (await uncommitted(world)).map(({ path }) => path);
    const commit = await commitChanges(world, transaction, message);
    if (commit === undefined) throw nothing(world);
    return { commit, paths };
  });
}

/**
 * Sees that `.cec` has a history.
 *
 * @throws `ENVIRONMENT_DAMAGED`
 */
export async function requireHistory({ environment }: EnvironmentWorld): Promise<void> {
  if (await hasRepository(environment.cec)) return;
  throw new ComfydockError(
    environmentErrors.ENVIRONMENT_DAMAGED,
    `Cannot read the history of "${environment.name}": "${environment.cec}" is no git repository`,
    { hint: `Run comfydock repair --env ${environment.name}` },
  );
}

function nothing({ environment: { name } }: EnvironmentWorld): ComfydockError {
  return new ComfydockError(
    environmentErrors.NOTHING_TO_COMMIT,
    `Cannot commit in "${name}": nothing has changed since the last commit`,
    { hint: `Run comfydock log --env ${name} to see the last ones` },
  );
}
