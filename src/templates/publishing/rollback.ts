import { join } from "node:path";
import { baseErrors, isKind, readBytesBounded } from "../../base/mod.ts";
import type { FileChange } from "../changes/mod.ts";
import type { DistributionVersion } from "./on_index.ts";
import type { PublishJournal } from "./types.ts";

/** What taking a publication back does. */
export interface RollbackPlan {
  readonly changes: readonly FileChange[];
  /** Files that someone changed or removed since, which stay so. */
  readonly kept: readonly string[];
  /** Versions on the index; only its owner can yank them there. */
  readonly yank: readonly DistributionVersion[];
}

const LARGEST = 1024 ** 2;

/** Decides how the files that a release changed become what they were. */
export async function planRollback(
  root: string,
  { changed, packages }: PublishJournal,
): Promise<RollbackPlan> {
  const changes: FileChange[] = [];
  const kept: string[] = [];
  for (const { path, before, after } of changed) {
    const present = await readIfThere(join(root, path));
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(present);
    if (present && text === after) {
      changes.push({ path, before: present, after: new TextEncoder().encode(before) });
    } else if (!present || text !== before) kept.push(path);
  }
  const yank = packages.filter(({ state }) => state === "done" || state === "uploading")
    .map(({ name, version }) => ({ name, version }));
  return { changes, kept, yank };
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readBytesBounded(file, LARGEST);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
}
