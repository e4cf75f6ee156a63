import { changeEnvironment } from "../change.ts";
import { commitChanges, isCommitted } from "../history/commit.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";

/** What was decided about the models of a manifest. */
export interface ModelDecision {
  /** The whole new text; the old one when nothing changes. */
  readonly manifestText: string;
  /** What the commit says, such as `Add model base`. */
  readonly message: string;
  /** Absolute paths of files that go to the trash. */
  readonly trash?: readonly string[];
}

/** A command on the models of a manifest. */
export interface ModelCommand<Decision extends ModelDecision> {
  /** Such as `model add`. */
  readonly command: string;
  /** Decides from what the files of the environment say; may be called twice. */
  readonly decide: (state: EnvironmentState) => Decision | Promise<Decision>;
  readonly dryRun?: boolean;
}

/** What a command on models decided and came to. */
export interface ModelChangeReport<Decision extends ModelDecision> {
  readonly decision: Decision;
  readonly manifestChanged: boolean;
  readonly commit?: string;
}

const MANIFEST = "pyproject.toml";

/**
 * Changes the models of a manifest, and nothing else: the lock does not depend on them.
 *
 * It is committed, unless the manifest had uncommitted changes before. Where nothing changes, nothing is begun.
 *
 * @throws what the decision throws, `LOCKED`, `FILE_UNWRITABLE`, git's errors
 */
export async function changeModels<Decision extends ModelDecision>(
  world: EnvironmentWorld,
  { command, decide, dryRun = false }: ModelCommand<Decision>,
): Promise<ModelChangeReport<Decision>> {
  const state = await readEnvironmentState(world);
  const first = await decide(state);
  const idle = first.manifestText === state.manifestText && !first.trash?.length;
  if (dryRun || idle) return { decision: first, manifestChanged: !idle };
  return await changeEnvironment(world, { command }, async (transaction) => {
    const before = await readEnvironmentState(world);
    const decision = await decide(before);
    const manifestChanged = decision.manifestText !== before.manifestText;
    const commits = await isCommitted(world, [MANIFEST]);
    if (manifestChanged) {
      await transaction.writeFile(world.environment.manifest, decision.manifestText);
      world.checkpoints.reach("environment:manifest-written");
    }
    for (const path of decision.trash ?? []) await transaction.trash(path);
    const commit = commits
      ? await commitChanges(world, transaction, decision.message, [MANIFEST])
      : undefined;
    return { decision, manifestChanged, commit };
  });
}
