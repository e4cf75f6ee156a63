import { join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import type { Git, GitStatusEntry } from "../tools/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { comfyuiErrors } from "./errors.ts";
import { readComfyUIKnowledge } from "./knowledge.ts";
import { withMirror } from "../workspace/mirrors/mod.ts";
import type { ComfyUISource, ComfyUIWorld } from "./types.ts";

/**
 * Makes a working copy of ComfyUI from the mirror, without network; HEAD is detached at the commit.
 *
 * Objects are shared with the mirror by hard links where the disk allows, and `origin` is the source itself.
 *
 * @param commit Full id of a commit that {@linkcode obtainComfyUI} has returned.
 * @param directory Where to; must not exist or be empty, and is left as it is when this fails.
 * @throws `COMFYUI_NOT_FOUND` when the source is no ComfyUI, `COMFYUI_VERSION_NOT_FOUND` when the mirror lacks the commit
 */
export async function checkoutComfyUI(
  world: ComfyUIWorld,
  source: ComfyUISource,
  commit: string,
  directory: string,
): Promise<void> {
  await withMirror(world, "comfyui", source, async (mirror) => {
    if (await mirror.find(commit) === undefined) {
      throw new ComfydockError(
        comfyuiErrors.COMFYUI_VERSION_NOT_FOUND,
        `Cannot check out ComfyUI ${commit}: the mirror of ${source.publicUrl} does not hold it`,
        { hint: "Run the command again without --offline", details: { commit } },
      );
    }
    await world.git.cloneMirror(mirror.path, directory, { commit, origin: source.publicUrl });
  });
  await requireComfyUI(directory, source.publicUrl);
}

/**
 * Sees that a directory holds a ComfyUI.
 *
 * @param named What the user called it, for the message.
 * @throws `COMFYUI_NOT_FOUND`
 */
export async function requireComfyUI(directory: string, named: string): Promise<void> {
  const { files } = await readComfyUIKnowledge();
  const found = await Promise.all(files.map((file) => lookAt(join(directory, file))));
  const missing = files.filter((_file, at) => !found[at]);
  if (missing.length > 0) throw noComfyUI(named, missing);
}

/** The error for what holds no ComfyUI. */
export function noComfyUI(named: string, missing: readonly string[]): ComfydockError {
  return new ComfydockError(
    comfyuiErrors.COMFYUI_NOT_FOUND,
    `Cannot use ${named}: it is no ComfyUI, ${missing.join(" and ")} ${
      missing.length > 1 ? "are" : "is"
    } missing`,
    { hint: "Check --comfyui-source and --comfyui", details: { missing } },
  );
}

/** What became of a working copy of ComfyUI. */
export type CheckoutState =
  | { readonly status: "missing" }
  /** Files, but no git repository of their own. */
  | { readonly status: "no_git" }
  | {
    readonly status: "present";
    /** The commit that HEAD names; absent in a repository without any. */
    readonly commit?: string;
    /** The branch; absent when HEAD is detached. */
    readonly branch?: string;
    /** Files of ComfyUI that differ from the commit, sorted. */
    readonly changed: readonly string[];
    /** New files outside the directories that users fill, sorted. */
    readonly untracked: readonly string[];
  };

/**
 * Reads the state of a working copy.
 *
 * A directory that users fill may be a link to elsewhere, so ComfyUI's own files missing in there are no change.
 *
 * @param directory The working copy.
 */
export async function readCheckoutState(git: Git, directory: string): Promise<CheckoutState> {
  if (!await lookAt(directory)) return { status: "missing" };
  // Without this look, git would answer for a repository that the workspace lies in.
  if (!await lookAt(join(directory, ".git"))) return { status: "no_git" };
  const { userDirectories } = await readComfyUIKnowledge();
  const { commit, branch, entries } = await git.status(directory);
  const isUsers = (path: string) =>
    userDirectories.some((name) => path === name || path.startsWith(`${name}/`));
  const untracked = entries.filter(({ kind, path }) => kind === "untracked" && !isUsers(path));
  const changed = entries.filter((entry) =>
    entry.kind !== "untracked" && entry.kind !== "ignored" &&
    !(isUsers(entry.path) && isDeleted(entry))
  );
  const paths = (list: readonly GitStatusEntry[]) => list.map(({ path }) => path).sort();
  return {
    status: "present",
    commit,
    branch,
    changed: paths(changed),
    untracked: paths(untracked),
  };
}

function isDeleted({ index, worktree }: GitStatusEntry): boolean {
  return index === "." && worktree === "D";
}
