import { join } from "node:path";
import { baseErrors, ComfydockError, isKind } from "../../base/mod.ts";
import type { Git } from "../../tools/mod.ts";
import { copyTree, type EnvironmentLayout, lookAt } from "../../workspace/mod.ts";

/** What users and running programs fill; `custom_nodes` is part of the environment, the models are linked. */
const DATA = ["input", "output", "user", "temp", "models"];
/** Workflows are what an environment is for. */
const WORKFLOWS = /^user\/[^/]+(\/workflows(\/|$)|$)/;
/** Objects never change, so both repositories may share them. */
const OBJECTS = ".git/objects";

/** How the files of an environment are copied. */
export interface CopyOptions {
  readonly withData: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Copies manifest, lock, history, workflows, ComfyUI and node packs; on request what users made, too.
 *
 * @param from The environment.
 * @param to Where the copy is built; nothing is there yet.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function copyEnvironment(
  git: Git,
  from: EnvironmentLayout,
  to: EnvironmentLayout,
  { withData, signal }: CopyOptions,
): Promise<void> {
  await Deno.mkdir(to.root, { recursive: true });
  await copyTree(from.cec, to.cec, { include: isNoLock, signal });
  if (!await lookAt(from.comfyui)) return;
  const tracked = withData ? undefined : await trackedData(git, from.comfyui);
  await copyTree(from.comfyui, to.comfyui, {
    include: (path) => isWanted(path, tracked),
    signal,
  });
  if (await lookAt(join(from.comfyui, OBJECTS))) {
    await copyTree(join(from.comfyui, OBJECTS), join(to.comfyui, OBJECTS), {
      hardLinks: true,
      signal,
    });
  }
}

function isNoLock(path: string): boolean {
  return !/^\.git\/(.*\/)?[^/]+\.lock$/.test(path);
}

/** @param tracked What git keeps of the data directories; absent when all of them is wanted. */
function isWanted(path: string, tracked: ReadonlySet<string> | undefined): boolean {
  if (path === OBJECTS || !isNoLock(path)) return false;
  if (/(^|\/)__pycache__$/.test(path) || path === "temp") return false;
  const [top = ""] = path.split("/");
  if (!tracked || path === top || !DATA.includes(top)) return true;
  return tracked.has(path) || WORKFLOWS.test(path);
}

/** The files of data directories that come with ComfyUI, and the directories above them. */
async function trackedData(git: Git, comfyui: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (!await lookAt(join(comfyui, ".git"))) return found;
  for (const file of await trackedFiles(git, comfyui)) {
    for (let at = file.length; at > 0; at = file.lastIndexOf("/", at - 1)) {
      found.add(file.slice(0, at));
    }
  }
  return found;
}

async function trackedFiles(git: Git, comfyui: string): Promise<readonly string[]> {
  try {
    return await git.trackedFiles(comfyui);
  } catch (error) {
    // A repository that git cannot read is copied as it is, without data.
    if (error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED)) return [];
    throw error;
  }
}
