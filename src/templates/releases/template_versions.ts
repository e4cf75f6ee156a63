import { compareCodePoints, compareVersions, sha256OfText } from "../../base/mod.ts";
import type { Git } from "../../tools/git/mod.ts";
import type { Digests } from "../digests/mod.ts";
import { openSnapshots } from "../packages/snapshots.ts";
import { baseOf, versionOfTag } from "../packages/tags.ts";
import { isTemplateId, ownerOfFile, type RevisionFiles, revisionFiles } from "../repository/mod.ts";
import type { TemplateRepository } from "../types.ts";

/** The version of one template, which follows from its files. */
export interface TemplateVersion {
  readonly id: string;
  /** Of all its files, names included; lower-case hex. */
  readonly content: string;
  /** How often its content changed from release to release, the first one counted, what is not released yet included. */
  readonly revision: number;
  /** Tags of the release that brought it and of that which changed it last; absent where none has it. */
  readonly firstRelease?: string;
  readonly lastRelease?: string;
  /** Whether its content now is that of the last release. */
  readonly released: boolean;
}

/** Content of templates by id. */
type Contents = Readonly<Record<string, string>>;

/**
 * Tells for each template its content, its revision and the releases that brought and changed it.
 *
 * What releases hold is kept with the digests, as commits do not change.
 *
 * @param root The top directory of the repository.
 * @throws `E_NO_GIT`, `E_SHALLOW`
 */
export async function readTemplateVersions(
  git: Git,
  root: string,
  { bundles, config }: TemplateRepository,
  digests: Digests,
): Promise<readonly TemplateVersion[]> {
  await baseOf(git, root, { prefix: config.tagPrefix });
  const releases = (await git.mergedTags(root)).flatMap(({ name, commit }) => {
    const version = versionOfTag(name, config.tagPrefix);
    return version === undefined ? [] : [{ name, commit, version }];
  }).sort((left, right) => compareVersions(right.version, left.version));
  const ids = new Set([...bundles.bundleOf.keys()].filter(isTemplateId));
  const history: { readonly tag: string; readonly contents: Contents }[] = [];
  for (const { name, commit } of releases) {
    const contents = await contentsAt(git, root, commit, config.templatesDir, digests);
    history.push({ tag: name, contents });
  }
  const present = await presentContents(git, root, config.templatesDir, ids);
  return [...ids].sort(compareCodePoints).flatMap((id) => {
    const content = present[id];
    return content === undefined ? [] : [versionOf(id, content, history)];
  });
}

function versionOf(
  id: string,
  content: string,
  history: readonly { readonly tag: string; readonly contents: Contents }[],
): TemplateVersion {
  let revision = 0;
  let last: string | undefined;
  let firstRelease: string | undefined;
  let lastRelease: string | undefined;
  for (const { tag, contents } of history) {
    const then = contents[id];
    if (then === undefined || then === last) continue;
    revision++;
    firstRelease ??= tag;
    lastRelease = tag;
    last = then;
  }
  const released = last === content;
  return {
    ...{ id, content, released, revision: released ? revision : revision + 1 },
    ...(firstRelease !== undefined && { firstRelease, lastRelease }),
  };
}

async function contentsAt(
  git: Git,
  root: string,
  commit: string,
  directory: string,
  digests: Digests,
): Promise<Contents> {
  const key = `templates ${directory} ${commit}`;
  const known = digests.recall(key) as Contents | undefined;
  if (known) return known;
  const files = await revisionFiles(git, root, commit);
  const contents = joinContents(await blobsBelow(files, directory));
  digests.remember(key, contents);
  return contents;
}

async function blobsBelow(
  files: RevisionFiles,
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const paths = await files.list(directory);
  return new Map(
    paths.map((path) => [path.slice(directory.length + 1), files.blobs.get(path) ?? ""]),
  );
}

/** The working copy, by the ids that git gives, or would give, to the contents of its files. */
async function presentContents(
  git: Git,
  root: string,
  directory: string,
  ids: ReadonlySet<string>,
): Promise<Contents> {
  const { now } = await openSnapshots(git, root, await git.headCommit(root));
  const present = new Map<string, string>();
  for (const path of await now.list(directory)) {
    const id = await now.idOf(path);
    if (id !== undefined) present.set(path.slice(directory.length + 1), id);
  }
  return joinContents(present, ids);
}

function joinContents(
  blobs: ReadonlyMap<string, string>,
  known?: ReadonlySet<string>,
): Contents {
  const names = [...blobs.keys()].filter((name) => !name.includes("/")).sort(compareCodePoints);
  const ids = known ??
    new Set(names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5)));
  const parts = new Map<string, string[]>();
  for (const name of names) {
    const id = ownerOfFile(name, ids)?.id;
    if (id === undefined || !blobs.has(`${id}.json`)) continue;
    parts.set(id, [...parts.get(id) ?? [], `${name} ${blobs.get(name)}`]);
  }
  return Object.fromEntries([...parts].map(([id, lines]) => [id, sha256OfText(lines.join("\n"))]));
}
