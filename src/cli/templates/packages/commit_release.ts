import { ComfydockError } from "../../../base/mod.ts";
import { manifestPath, templateErrors, type TemplateRepository } from "../../../templates/mod.ts";
import type { Comparison } from "../../../templates/packages/mod.ts";
import type { Git } from "../../../tools/mod.ts";

/** What a release itself may change: pyprojects and the manifest. */
function ownPaths(repository: TemplateRepository): readonly string[] {
  const { packages, meta } = repository;
  const pyprojects = [...packages, ...meta ? [meta] : []].map(({ pyproject }) => pyproject);
  const manifest = manifestPath(repository);
  return [...pyprojects, ...manifest === undefined ? [] : [manifest]];
}

/**
 * Lets only what is committed be released, so that the tag holds it.
 *
 * @throws `E_UNCOMMITTED`
 */
export async function requireCommitted(
  git: Git,
  root: string,
  { now: { repository, contents } }: Comparison,
): Promise<void> {
  const { entries } = await git.status(root);
  const own = new Set(ownPaths(repository));
  const shipped = new Set([...contents.values()].flat().map(({ source }) => source));
  shipped.add(repository.config.bundles);
  const open = entries.filter(({ path, kind }) =>
    kind !== "ignored" && shipped.has(path) && !own.has(path)
  );
  const [first] = open;
  if (!first) return;
  throw new ComfydockError(
    templateErrors.E_UNCOMMITTED,
    `Cannot release: "${first.path}"${
      open.length > 1 ? ` and ${open.length - 1} more are` : " is"
    } not committed, so that the tag would not hold it`,
    {
      hint: "Commit it, or release with --no-tag",
      details: { paths: open.map((one) => one.path) },
    },
  );
}

/** Commits the versions, pins and manifest of a release; gives HEAD where there is nothing to commit. */
export async function commitRelease(
  git: Git,
  root: string,
  version: string,
  repository: TemplateRepository,
): Promise<string> {
  const own = new Set(ownPaths(repository));
  const { entries, commit } = await git.status(root);
  const paths = entries.filter(({ path }) => own.has(path)).map(({ path }) => path);
  if (paths.length === 0 && commit !== undefined) return commit;
  await git.add(root, paths);
  return await git.commit(root, `chore(release): ${version}`, { paths });
}

/** Names the commit of a release; a tag that is there stays. */
export async function tagRelease(
  git: Git,
  root: string,
  tag: string,
  commit: string,
): Promise<string> {
  if (await git.resolve(root, `refs/tags/${tag}`) === undefined) {
    await git.setRef(root, `refs/tags/${tag}`, commit);
  }
  return tag;
}
