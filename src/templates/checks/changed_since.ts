import type { Git } from "../../tools/git/mod.ts";
import { revisionFiles } from "../repository/mod.ts";

/**
 * The files of the working copy that are not as a revision has them, new ones included.
 *
 * @param revision A tag, a branch or a commit.
 * @returns Paths below the root.
 * @throws `E_NO_REVISION`
 */
export async function changedSince(
  git: Git,
  root: string,
  revision: string,
): Promise<ReadonlySet<string>> {
  const { commit, blobs } = await revisionFiles(git, root, revision);
  const [own, differences] = await Promise.all([
    git.ownFiles(root),
    git.differences(root, commit),
  ]);
  return new Set([
    ...own.filter((path) => !blobs.has(path)),
    ...differences.map(({ path }) => path),
  ]);
}
