import { ComfydockError } from "../../base/mod.ts";
import { modelErrors, type ResolvedFile, sizeAtSource } from "../../models/mod.ts";
import { onSameDevice } from "../../workspace/disk/mod.ts";
import { statModel } from "./places.ts";
import type { ModelWorld } from "./world.ts";

/** How a file comes to its place. */
export type Placing = "in-place" | "linked" | "copied" | "fetched" | "present";

/** How a file would come to its place, and what that would take. */
export interface Preview {
  readonly placing: Placing;
  /** The file that it would be linked to or copied from; absolute. */
  readonly from?: string;
  /** What would be fetched, in bytes; absent where that is not known. */
  readonly bytes?: number;
}

/**
 * How a file of this machine would come to a free place.
 *
 * @param from Absolute.
 * @param target Absolute.
 */
export async function previewCopy(
  from: string,
  target: string,
  { copy = false }: { readonly copy?: boolean } = {},
): Promise<Preview> {
  const near = !copy && await onSameDevice(from, target);
  return { placing: near ? "linked" : "copied", from };
}

/**
 * How a file of a source would come to its place; nothing of it is fetched.
 *
 * @param target Absolute.
 * @throws `MODEL_OCCUPIED`
 */
export async function previewFetch(
  { downloads }: ModelWorld,
  resolved: ResolvedFile,
  target: string,
): Promise<Preview> {
  const { size, digests } = resolved;
  const there = await statModel(target);
  if (there && size !== undefined && there.size !== size) {
    throw new ComfydockError(
      modelErrors.MODEL_OCCUPIED,
      `Cannot put the model to "${target}": a file with ${there.size} instead of ${size} bytes is there`,
      { hint: "Give it another name with --as, or another folder", details: { target } },
    );
  }
  if (there) return { placing: "present" };
  for (const same of await downloads.findSame?.(digests) ?? []) {
    const found = await statModel(same);
    if (found?.isFile && (size === undefined || found.size === size)) {
      return await previewCopy(same, target);
    }
  }
  return { placing: "fetched", bytes: await sizeAtSource(downloads.sources, resolved) };
}
