import { createGit, createRunner, type Git } from "../../tools/mod.ts";
import {
  findRepositoryRoot,
  openRepository,
  type TemplateRepository,
  workingFiles,
} from "../../templates/mod.ts";
import type { CommandContext } from "../types.ts";

/** A repository of templates as commands see it. */
export interface RepositoryAccess {
  /** Absolute path. */
  readonly root: string;
  /** The working copy. */
  readonly repository: TemplateRepository;
}

/**
 * Opens the working copy that `--root` names, or that the current directory lies in.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_CONFIG`
 */
export async function openNamedRepository(
  { root: given }: { readonly root?: string },
): Promise<RepositoryAccess> {
  const root = await findRepositoryRoot(given ?? ".");
  return { root, repository: await openRepository(workingFiles(root)) };
}

/** git, for the history of a repository. */
export function repositoryGit({ env, signal }: CommandContext): Git {
  return createGit(createRunner({ env }), { signal });
}
