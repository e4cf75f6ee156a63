import { type ChangeOptions, compareWithRelease } from "../../../templates/packages/mod.ts";
import type { Comparison } from "../../../templates/packages/mod.ts";
import type { CommandContext } from "../../types.ts";
import { namedRoot, repositoryGit } from "../access.ts";

/** A repository and how it differs from its last release. */
export interface ComparedRepository {
  /** Absolute path. */
  readonly root: string;
  readonly comparison: Comparison;
}

/**
 * Compares the repository that `--root` names, or that the current directory lies in, with its last release.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_CONFIG`, `E_NO_GIT`, `E_SHALLOW`, `E_NO_REVISION`
 */
export async function compareNamedRepository(
  { root: given, ...options }: ChangeOptions & { readonly root?: string },
  context: CommandContext,
): Promise<ComparedRepository> {
  const root = await namedRoot({ root: given }, context);
  return { root, comparison: await compareWithRelease(repositoryGit(context), root, options) };
}
