import { ComfydockError, compareCodePoints } from "../../base/mod.ts";
import type { Git, GitTreeEntry } from "../../tools/mod.ts";
import { templateErrors } from "../errors.ts";
import type { RepositoryFiles } from "./files.ts";

/** The files of a commit; each has the id that git gives its content. */
export interface RevisionFiles extends RepositoryFiles {
  readonly commit: string;
  /** Blob ids by path; files only. */
  readonly blobs: ReadonlyMap<string, string>;
}

/**
 * The files of a commit.
 *
 * @param root The top directory of the repository.
 * @param revision A tag, a branch or a commit.
 * @throws `E_NO_REVISION`
 */
export async function revisionFiles(
  git: Git,
  root: string,
  revision: string,
): Promise<RevisionFiles> {
  const commit = await git.resolve(root, revision);
  if (commit === undefined) throw noRevision(revision);
  const blobs = blobsOf(await git.listTree(root, commit));
  const paths = [...blobs.keys()].sort(compareCodePoints);
  return {
    label: revision,
    commit,
    blobs,
    list: (directory) => Promise.resolve(paths.filter((path) => isIn(path, directory))),
    directories(directory) {
      const start = directory === "." ? "" : `${directory}/`;
      const names = paths.filter((path) => path.startsWith(start))
        .map((path) => path.slice(start.length).split("/"))
        .filter((parts) => parts.length > 1)
        .map(([name]) => name!);
      return Promise.resolve([...new Set(names)]);
    },
    async read(path) {
      const blob = blobs.get(path);
      return blob === undefined ? undefined : await git.readBlob(root, blob);
    },
  };
}

function blobsOf(entries: readonly GitTreeEntry[]): ReadonlyMap<string, string> {
  const files = entries.filter(({ kind }) => kind === "file" || kind === "executable");
  return new Map(files.map(({ path, objectId }) => [path, objectId]));
}

function isIn(path: string, directory: string): boolean {
  return directory === "." ? !path.includes("/") : path.startsWith(`${directory}/`);
}

function noRevision(revision: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_REVISION,
    `Cannot read the revision "${revision}": the repository has none of this name`,
    { hint: "Name a tag, a branch or a commit; `git fetch --tags` brings tags that are missing" },
  );
}
