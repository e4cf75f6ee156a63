import type { SampleCommit } from "./history.ts";

const AUTHOR = "comfydock <comfydock@localhost>";

/**
 * Renders commits for `git fast-import`, with one author and fixed times, so that their ids are always the same.
 *
 * https://git-scm.com/docs/git-fast-import
 *
 * @param commits Oldest first; a branch that is new starts at the commit before.
 */
export function renderImportStream(commits: readonly SampleCommit[]): string {
  return commits.map((commit, at) => renderCommit(commit, at)).join("") + "done\n";
}

function renderCommit({ branch, message, time, tag, files }: SampleCommit, at: number): string {
  const who = `${AUTHOR} ${time} +0000`;
  const parent = at > 0 ? `from :${at}\n` : "";
  const changes = [...files].map(([path, content]) => `M 100644 inline ${path}\n${data(content)}`);
  const release = tag ? `tag ${tag}\nfrom :${at + 1}\ntagger ${who}\n${data(`${tag}\n`)}` : "";
  return `commit refs/heads/${branch}\nmark :${at + 1}\nauthor ${who}\ncommitter ${who}\n` +
    `${data(`${message}\n`)}${parent}${changes.join("")}\n${release}`;
}

function data(content: string): string {
  return `data ${new TextEncoder().encode(content).length}\n${content}\n`;
}
