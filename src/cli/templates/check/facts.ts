import type { CheckFacts, FactsOptions } from "../../../templates/checks/mod.ts";
import type { Digests } from "../../../templates/digests/mod.ts";
import type { CommandContext } from "../../types.ts";
import { openNamedRepository, type RepositoryAccess } from "../access.ts";

/** The options that every command takes which reads facts. */
export interface ContentChoice {
  readonly root?: string;
  readonly noCache: boolean;
}

/** A repository with all that checks look at. */
export interface NamedFacts extends RepositoryAccess {
  readonly digests: Digests;
  readonly facts: CheckFacts;
}

/**
 * Opens the working copy that `--root` names with the digests of its files.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_CONFIG`
 */
export async function openNamedDigests(
  { root, noCache }: ContentChoice,
  context: CommandContext,
): Promise<RepositoryAccess & { readonly digests: Digests }> {
  const { openDigests } = await import("../../../templates/digests/mod.ts");
  const access = await openNamedRepository({ root }, context);
  return {
    ...access,
    digests: await openDigests(access.root, { cache: !noCache, env: context.env }),
  };
}

/**
 * Reads all that checks look at, and keeps what is known of files for the next time.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_CONFIG`
 */
export async function readNamedFacts(
  choice: ContentChoice,
  context: CommandContext,
  options: FactsOptions = {},
): Promise<NamedFacts> {
  const { readCheckFacts } = await import("../../../templates/checks/mod.ts");
  const { root, repository, digests } = await openNamedDigests(choice, context);
  const facts = await readCheckFacts(repository, digests, options);
  await digests.save();
  return { root, repository, digests, facts };
}
