import { join } from "node:path";
import type { EnvironmentLayout } from "../../workspace/mod.ts";
import { readSafeTree } from "../branches/safe_tree.ts";
import type { EnvironmentWorld } from "../types.ts";

/** The history that a restored environment goes on with. */
export interface RestoredHistory {
  /** A bare mirror of the repository on this machine; absolute path. */
  readonly mirror: string;
  /** Where it came from, without credentials: what `origin` will be. */
  readonly url: string;
  /** Full id of the commit that is restored. */
  readonly commit: string;
  /** The branch there that is followed; absent for a tag or a lone commit. */
  readonly branch?: string;
}

const REMOTE = "origin";
const DEFAULT_BRANCH = "main";

/**
 * Makes the `.cec` of an environment with the history that it had elsewhere, so that `pull` and `push` go on from there.
 *
 * @throws `REVISION_UNSAFE` for a commit with links, submodules or paths that lead elsewhere
 */
export async function restoreHistory(
  world: EnvironmentWorld,
  { cec }: EnvironmentLayout,
  { mirror, url, commit, branch }: RestoredHistory,
): Promise<void> {
  const { git, environment } = world;
  await readSafeTree({ ...world, environment: { ...environment, cec: mirror } }, commit);
  await git.cloneMirror(mirror, cec, { commit, origin: url, exact: true });
  await git.restoreHead(cec, { ref: `refs/heads/${branch ?? DEFAULT_BRANCH}`, commit });
  if (branch === undefined) return;
  const settings = join(cec, ".git", "config");
  await git.setConfig(settings, `branch.${branch}.remote`, REMOTE);
  await git.setConfig(settings, `branch.${branch}.merge`, `refs/heads/${branch}`);
}

/**
 * Commits what the restored files differ in from the history that they came with; everything, where they have none.
 *
 * @param command Such as `import`.
 * @returns The newest commit.
 */
export async function commitRestored(
  { git }: EnvironmentWorld,
  { cec, name }: EnvironmentLayout,
  history: RestoredHistory | undefined,
  command: string,
): Promise<string> {
  await git.add(cec);
  if (history && (await git.status(cec)).entries.length === 0) return history.commit;
  const verb = command.replace(/^./, (letter) => letter.toUpperCase());
  return await git.commit(cec, `${verb} environment ${name}`);
}
