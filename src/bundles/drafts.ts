import { basename, dirname, join } from "node:path";
import { fileError, temporaryBeside } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/world/mod.ts";
import { readProcessMark } from "../tools/mod.ts";
import { entriesIn, removeTree } from "../workspace/disk/mod.ts";

/**
 * Removes what killed processes left of writing a file or filling a directory; what a living one is at work on stays.
 *
 * @param target What `temporaryBeside` was told.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`
 */
export async function removeDeadDrafts(
  { runner }: Pick<EnvironmentWorld, "runner">,
  target: string,
): Promise<void> {
  const directory = dirname(target);
  const start = `.${basename(target)}.`;
  for (const { name } of await entriesIn(directory)) {
    if (!name.startsWith(start)) continue;
    const [, pid] = /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(start.length)) ?? [];
    if (pid === undefined || Number(pid) === Deno.pid) continue;
    if (await readProcessMark(Number(pid), runner) === undefined) {
      await removeTree(join(directory, name));
    }
  }
}

/**
 * Makes a directory for what is needed while a command runs, and removes those that killed commands left.
 *
 * @param name Says what it is for.
 * @returns Its absolute path; whoever asked for it removes it.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`
 */
export async function makeScratch(
  world: Pick<EnvironmentWorld, "runner" | "workspace">,
  name: string,
): Promise<string> {
  const target = join(world.workspace.downloads, name);
  await removeDeadDrafts(world, target);
  const path = temporaryBeside(target);
  try {
    await Deno.mkdir(path, { recursive: true });
    return path;
  } catch (error) {
    throw fileError("Cannot create", path, error);
  }
}
