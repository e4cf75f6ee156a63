import { ComfydockError } from "../../base/mod.ts";
import type { Git, GitTreeEntry } from "../../tools/mod.ts";
import { templateErrors } from "../errors.ts";
import type { RepositoryFiles } from "./files.ts";
import { pathList } from "./path_list.ts";

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
  return {
    ...pathList(revision, blobs.keys()),
    commit,
    blobs,
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

function noRevision(revision: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_REVISION,
    `Cannot read the revision "${revision}": the repository has none of this name`,
    { hint: "Name a tag, a branch or a commit; `git fetch --tags` brings tags that are missing" },
  );
}
