import { basename, dirname, join } from "node:path";
import { type Clock, fileError, systemClock } from "../../base/mod.ts";
import { copyTree } from "./copy_tree.ts";
import { lookAt, syncDirectory } from "./exists.ts";
import { removeTree } from "./remove_tree.ts";

/** Virus scanners and indexers hold files for a moment; together about 3 seconds. */
const PAUSES_MS: readonly number[] = Deno.build.os === "windows"
  ? [10, 20, 50, 100, 200, 400, 800, 1500]
  : [];

/**
 * Moves a file, link or directory to a path where nothing is; what exists there stays as it is.
 *
 * Between file systems it copies, flushes and renames: the target appears whole, and only then the source disappears.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function movePath(
  from: string,
  to: string,
  clock: Clock = systemClock,
): Promise<void> {
  try {
    if (await lookAt(to)) throw new Deno.errors.AlreadyExists(`"${to}" exists`);
    await renamePatiently(from, to, clock);
    await syncDirectory(dirname(to));
    if (dirname(from) !== dirname(to)) await syncDirectory(dirname(from));
  } catch (error) {
    throw fileError(`Cannot move to "${to}" from`, from, error);
  }
}

async function renamePatiently(from: string, to: string, clock: Clock): Promise<void> {
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      return await Deno.rename(from, to);
    } catch (error) {
      if (isOtherDevice(error)) return await moveAcross(from, to);
      if (pause === undefined || !isSharingViolation(error)) throw error;
      await clock.sleep(pause);
    }
  }
}

function isOtherDevice(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EXDEV" ||
    /os error (18|17)\)/.test(String(error)) && /cross-device|different disk/i.test(String(error));
}

function isSharingViolation(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.Busy ||
    /os error (5|32|33)\)/.test(String(error));
}

/** The names that a move between file systems uses on its way. */
function onTheWay(from: string, to: string): { readonly arriving: string; readonly gone: string } {
  return {
    arriving: join(dirname(to), `.${basename(to)}.comfydock-arriving`),
    gone: join(dirname(from), `.${basename(from)}.comfydock-gone`),
  };
}

async function moveAcross(from: string, to: string): Promise<void> {
  const { arriving, gone } = onTheWay(from, to);
  await removeTree(arriving);
  try {
    await copyTree(from, arriving, { flush: true });
  } catch (error) {
    await removeTree(arriving);
    throw error;
  }
  await Deno.rename(arriving, to);
  await syncDirectory(dirname(to));
  await removeTree(gone);
  try {
    await Deno.rename(from, gone);
  } catch (error) {
    // What cannot go has not moved.
    await removeTree(to);
    throw error;
  }
  await removeTree(gone);
}

/** Removes what a move between file systems left on its way when it was killed. */
export async function clearTheWay(from: string, to: string): Promise<void> {
  const { arriving, gone } = onTheWay(from, to);
  await removeTree(arriving);
  await removeTree(gone);
}
