import { ComfydockError, compareVersions } from "../../base/mod.ts";
import type { Git } from "../../tools/git/mod.ts";
import { templateErrors } from "../errors.ts";

/** The release that the working copy is compared with; both absent before the first release. */
export interface ReleaseBase {
  /** Name of the tag, or the revision that was named. */
  readonly tag?: string;
  readonly commit?: string;
}

/** Which release is looked for. */
export interface BaseChoice {
  /** A revision that is taken instead of the last tag. */
  readonly since?: string;
  /** What stands before versions in tags; tags without it count, too. Default `v`. */
  readonly prefix?: string;
}

// https://semver.org: three numbers, and what may follow them.
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+|(?:a|b|rc)\d+)?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Finds the last release: the highest version among the tags that HEAD has in its history.
 *
 * Tags that are no versions are passed over. Versions order as semver.org says, so that 0.10.0 is above 0.9.9.
 *
 * @param root The top directory of the repository.
 * @throws `E_NO_GIT`, `E_SHALLOW`, `E_NO_REVISION`
 */
export async function baseOf(
  git: Git,
  root: string,
  { since, prefix = "v" }: BaseChoice = {},
): Promise<ReleaseBase> {
  // Tags of another or a shallow history are of no use, but asking for both at once takes half the time.
  const tags = since === undefined ? git.mergedTags(root) : Promise.resolve([]);
  tags.catch(() => {});
  await requireHistory(git, root);
  if (since !== undefined) {
    const commit = await git.resolve(root, since);
    if (commit !== undefined) return { tag: since, commit };
    throw new ComfydockError(
      templateErrors.E_NO_REVISION,
      `Cannot compare with "${since}": the repository has no such revision`,
      { hint: "Name a tag, a branch or a commit; `git fetch --tags` brings tags that are missing" },
    );
  }
  const [last] = (await tags).flatMap(({ name, commit }) => {
    const version = versionOfTag(name, prefix);
    return version === undefined ? [] : [{ tag: name, commit, version }];
  }).sort((left, right) => compareVersions(left.version, right.version));
  return last ? { tag: last.tag, commit: last.commit } : {};
}

/** The version that a tag names, or nothing where it names none. */
export function versionOfTag(name: string, prefix = "v"): string | undefined {
  const version = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return VERSION.test(version) ? version : undefined;
}

/**
 * Lets only a whole history at the top of a repository pass.
 *
 * @throws `E_NO_GIT`, `E_SHALLOW`
 */
async function requireHistory(git: Git, root: string): Promise<void> {
  const place = await git.place(root);
  if (!place) {
    throw new ComfydockError(
      templateErrors.E_NO_GIT,
      `Cannot read the history of "${root}": it is not under git`,
      { hint: "Clone the repository with git; a downloaded archive has no history" },
    );
  }
  if (await Deno.realPath(place.top) !== await Deno.realPath(root)) {
    throw new ComfydockError(
      templateErrors.E_NO_GIT,
      `Cannot read the history of "${root}": it is a part of the repository "${place.top}"`,
      { hint: "Templates need a git repository of their own" },
    );
  }
  if (place.shallow) {
    throw new ComfydockError(
      templateErrors.E_SHALLOW,
      `Cannot read the history of "${root}": it is a shallow clone`,
      { hint: "Run `git fetch --unshallow --tags`; in a workflow set `fetch-depth: 0`" },
    );
  }
}
