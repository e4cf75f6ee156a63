import { dirname, join } from "node:path";
import { fileError, temporaryBeside, writeFileAtomic } from "../../base/mod.ts";
import { applyChanges } from "../changes/mod.ts";
import type { SyncPlan } from "./types.ts";

/**
 * Writes what was planned.
 *
 * @param root Absolute path of the repository.
 * @throws `E_FILE_CHANGED`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function applySync(
  root: string,
  { manifest, copies, removed }: SyncPlan,
): Promise<void> {
  for (const { target, source, text } of copies) {
    const path = join(root, target);
    if (text !== undefined) await writeFileAtomic(path, text);
    else await copyBeside(join(root, source), path);
  }
  for (const target of removed) {
    try {
      await Deno.remove(join(root, target));
    } catch (error) {
      throw fileError("Cannot remove", join(root, target), error);
    }
  }
  await applyChanges(root, manifest);
}

async function copyBeside(from: string, to: string): Promise<void> {
  const staged = temporaryBeside(to);
  try {
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.copyFile(from, staged);
    await Deno.rename(staged, to);
  } catch (error) {
    throw fileError("Cannot write", to, error);
  }
}
