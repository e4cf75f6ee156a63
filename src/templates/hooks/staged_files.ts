import type { Git, StagedOptions } from "../../tools/git/mod.ts";
import { type CacheVariables, type Digests, openDigests } from "../digests/mod.ts";
import { pathList, type RepositoryFiles, workingFiles } from "../repository/mod.ts";

/** The files that the next commit will have. */
export interface StagedFiles extends AsyncDisposable {
  readonly files: RepositoryFiles;
  readonly digests: Digests;
}

/**
 * Opens the files that the next commit will have. Those whose working copy is the same are read from there, with the
 * digests that are known of them; only the others are written to a directory of their own, which goes at the end.
 *
 * @param root The top directory of the repository.
 */
export async function openStagedFiles(
  git: Git,
  root: string,
  { env, ...options }: StagedOptions & { readonly env?: CacheVariables },
): Promise<StagedFiles> {
  const [paths, unstaged] = await Promise.all([
    git.indexedFiles(root, options),
    git.unstagedFiles(root, options),
  ]);
  const known = new Set(paths);
  const other = new Set(unstaged.filter((path) => known.has(path)));
  const copy = await Deno.makeTempDir({ prefix: "comfydock-staged-" });
  const [here, there] = [workingFiles(root), workingFiles(copy)];
  const [own, copied] = [
    await openDigests(root, { env }),
    await openDigests(copy, { cache: false }),
  ];
  const digestsOf = (path: string) => other.has(path) ? copied : own;
  const remove = () => Deno.remove(copy, { recursive: true });
  try {
    if (other.size > 0) await git.exportStaged(root, copy, [...other], options);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    files: {
      ...pathList("next commit", known),
      async read(path, maxBytes) {
        if (!known.has(path)) return undefined;
        return await (other.has(path) ? there : here).read(path, maxBytes);
      },
    },
    digests: {
      ...own,
      facts: async (path) => known.has(path) ? await digestsOf(path).facts(path) : undefined,
      sha256: (path) => digestsOf(path).sha256(path),
    },
    [Symbol.asyncDispose]: remove,
  };
}
