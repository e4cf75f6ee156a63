import { join } from "node:path";
import { ComfydockError, fileError, noCheckpoints, sha256Of } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { endUnderLock } from "./end_interrupted.ts";
import { journalFile, type JournalStep, removeJournal, writeJournal } from "./journal.ts";
import { waitForLock } from "./lock.ts";
import { requireInside } from "./places.ts";
import { clearStaged, missingDirectories, stage, stagedBeside, swap } from "./swap.ts";
import type { ApplyOptions, FileChange } from "./types.ts";

/**
 * Carries changes out, all or none: all new contents are on disk beside their targets before the first file is swapped,
 * and when a swap fails, those before it are taken back. What a killed process leaves is brought to an end by
 * {@linkcode endInterrupted}.
 *
 * @param root Absolute path of the repository.
 * @throws `E_BAD_REPOSITORY` for a path outside, `E_FILE_CHANGED` when a file is not what the change was made for, `E_LOCKED`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function applyChanges(
  root: string,
  changes: readonly FileChange[],
  options: ApplyOptions = {},
): Promise<void> {
  if (changes.length === 0) return;
  await requireInside(root, changes.map(({ path }) => path));
  const release = await waitForLock(root);
  try {
    await endUnderLock(root);
    for (const { path, before } of changes) await requireUnchanged(join(root, path), path, before);
    await carryOut(root, changes, options);
  } finally {
    release();
  }
}

async function carryOut(
  root: string,
  changes: readonly FileChange[],
  { checkpoints = noCheckpoints }: ApplyOptions,
): Promise<void> {
  const file = await journalFile(root);
  const steps = await Promise.all(changes.map(stepOf));
  const made = new Set<string>();
  for (const { path } of changes) {
    for (const directory of await missingDirectories(root, path)) made.add(directory);
  }
  const journal = { made: [...made], steps };
  await writeJournal(file, { phase: "staging", ...journal });
  checkpoints.reach("templates:noted");
  try {
    for (const [at, step] of steps.entries()) {
      await stage(root, step, changes[at]!.after ?? new Uint8Array());
      checkpoints.reach("templates:staged");
    }
    await writeJournal(file, { phase: "swapping", ...journal });
  } catch (error) {
    await clearStaged(root, { phase: "staging", ...journal });
    await removeJournal(file);
    throw error;
  }
  checkpoints.reach("templates:decided");
  let swapped = 0;
  try {
    for (const step of steps) {
      await swap(root, step);
      swapped++;
      checkpoints.reach("templates:swapped");
    }
  } catch (error) {
    await takeBack(root, changes.slice(0, swapped));
    await clearStaged(root, { phase: "staging", ...journal });
    await removeJournal(file);
    throw error;
  }
  await removeJournal(file);
}

/** Swaps the other way; killed meanwhile, it is gone on with by the same journal. */
async function takeBack(root: string, changes: readonly FileChange[]): Promise<void> {
  const back = changes.toReversed().map(({ path, before, after }) => ({
    ...{ path, before: after, after: before },
  }));
  const steps = await Promise.all(back.map(stepOf));
  for (const [at, step] of steps.entries()) {
    await stage(root, step, back[at]!.after ?? new Uint8Array());
  }
  await writeJournal(await journalFile(root), { phase: "swapping", made: [], steps });
  for (const step of steps) await swap(root, step);
}

async function stepOf({ path, before, after }: FileChange): Promise<JournalStep> {
  return {
    path,
    staged: after && stagedBeside(path),
    before: before && await sha256Of(Uint8Array.from(before)),
  };
}

async function requireUnchanged(
  file: string,
  path: string,
  before: Uint8Array | undefined,
): Promise<void> {
  const now = await readIfThere(file);
  const same = now === undefined || before === undefined
    ? now === before
    : now.length === before.length && now.every((byte, at) => byte === before[at]);
  if (same) return;
  throw new ComfydockError(
    templateErrors.E_FILE_CHANGED,
    `Cannot change "${path}": it is not what it was when the change was planned`,
    { hint: "Run the command again", details: { path } },
  );
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", file, error);
  }
}
