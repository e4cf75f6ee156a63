import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import {
  hashFile,
  type IndexedModel,
  type KnownSource,
  MODELS_LOCK,
  recordKnownFile,
  withSoundIndex,
} from "../../models/mod.ts";
import { withLock } from "../../workspace/mod.ts";
import type { Session } from "../types.ts";
import type { ModelWorkspace } from "./place.ts";

/** What is known of a file besides its content. */
export interface ModelNotes {
  /** What the model is called; default its file name. */
  readonly name?: string;
  /** Where it can be had from. */
  readonly sources?: readonly KnownSource[];
}

/**
 * Reads one file and notes it in the index of a workspace.
 *
 * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`, `MODEL_BROKEN`, `MODEL_NOT_A_MODEL`, `LOCKED`, and the errors of the index
 */
export async function registerFile(
  { clock }: Session,
  { workspace: { layout }, models, lock }: ModelWorkspace,
  file: string,
  { name, sources = [] }: ModelNotes = {},
): Promise<IndexedModel> {
  const path = resolve(file);
  const { blake3, sha256 } = await hashFile(path);
  const at = new Date(clock.now()).toISOString();
  return await withLock(layout, MODELS_LOCK, lock, async () => {
    const { result } = await withSoundIndex(
      layout,
      { command: lock.command, at },
      async (index) => {
        // A root of its own would take over those that lie below it.
        const known = [models, ...index.locations().map((location) => location.directory)];
        const directory = known.find((root) => isBelow(path, root)) ?? dirname(path);
        await recordKnownFile(index, directory, { path, blake3, sha256, sources }, at);
        const [model] = index.byHash(blake3);
        if (name !== undefined) index.rename(model!.id, name);
        return index.byIds([model!.id])[0]!;
      },
    );
    return result;
  });
}

function isBelow(path: string, directory: string): boolean {
  const inner = relative(directory, path);
  return inner !== "" && inner !== ".." && !inner.startsWith(`..${sep}`) &&
    !isAbsolute(inner);
}
