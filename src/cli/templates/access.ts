import { checkpointsFromEnvironment, counted } from "../../base/mod.ts";
import { createGit, createRunner, type Git } from "../../tools/mod.ts";
import {
  applyChanges,
  endInterrupted,
  type FileChange,
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
 * Finds the root of the repository that `--root` names, or that the current directory lies in, and ends what a killed
 * command left half-done there.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_JOURNAL`
 */
export async function namedRoot(
  { root: given }: { readonly root?: string },
  context: Pick<CommandContext, "warn">,
): Promise<string> {
  const root = await findRepositoryRoot(given ?? ".");
  const ended = await endInterrupted(root);
  if (!ended) return root;
  const count = counted(ended.files.length, "file");
  context.warn(
    "CHANGES_ENDED",
    ended.outcome === "finished"
      ? `Finished what a command had begun before it was killed: ${count}`
      : `Cleared away what a command had prepared before it was killed; it had changed nothing`,
  );
  for (const path of ended.kept) {
    context.warn("FILE_KEPT", `${path} was changed since, and stays as it is`);
  }
  return root;
}

/** Carries changes out, all or none. */
export async function writeChanges(
  root: string,
  changes: readonly FileChange[],
  { env }: Pick<CommandContext, "env">,
): Promise<void> {
  await applyChanges(root, changes, { checkpoints: checkpointsFromEnvironment(env) });
}

/**
 * Opens the working copy that `--root` names, or that the current directory lies in.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_CONFIG`
 */
export async function openNamedRepository(
  options: { readonly root?: string },
  context: Pick<CommandContext, "warn">,
): Promise<RepositoryAccess> {
  const root = await namedRoot(options, context);
  return { root, repository: await openRepository(workingFiles(root)) };
}

/** git, for the history of a repository. */
export function repositoryGit({ env, signal }: CommandContext): Git {
  return createGit(createRunner({ env }), { signal });
}
