import { locationPath, type ModelIndex } from "../index/mod.ts";
import { modelErrors } from "../errors.ts";
import { toProblem } from "../faults.ts";
import { fileError } from "../../base/mod.ts";
import { placeOf } from "../scan/mod.ts";
import type { IndexedModel, ModelLocation, ModelProblem } from "../types.ts";

/** A file that takes part in a deduplication. */
export interface DuplicateFile {
  /** Absolute, without links. */
  readonly path: string;
  readonly location: ModelLocation;
  readonly inode: bigint;
  readonly device: bigint;
  /** How many names the file has. */
  readonly links: number;
}

/** Files with equal bytes on one device. */
export interface DuplicateGroup {
  readonly model: IndexedModel;
  /** The file that stays. */
  readonly kept: DuplicateFile;
  /** Files that become further names of it. */
  readonly replaced: readonly DuplicateFile[];
  /** Bytes that this gives back. */
  readonly freed: number;
}

/** What a deduplication will do; nothing is read or changed yet. */
export interface DedupePlan {
  readonly groups: readonly DuplicateGroup[];
  /** Files that are left alone, each with the reason. */
  readonly problems: readonly ModelProblem[];
}

/**
 * Finds files with equal bytes that could share them; never across devices.
 *
 * Of each group the file stays that has most names already, or else comes first by path.
 *
 * @throws The errors of the index.
 */
export function planDedupe(index: ModelIndex): DedupePlan {
  const problems: ModelProblem[] = [];
  const groups = index.duplicates().flatMap((model) => {
    const files = new Map<string, DuplicateFile>();
    for (const location of model.locations) {
      const file = lookAtFile(location, problems);
      if (file) files.set(file.path, file);
    }
    return [...Map.groupBy(files.values(), ({ device }) => device).values()]
      .flatMap((onDevice) => toGroup(model, onDevice));
  });
  return { groups, problems };
}

function lookAtFile(
  location: ModelLocation,
  problems: ModelProblem[],
): DuplicateFile | undefined {
  const path = locationPath(location);
  try {
    const real = Deno.realPathSync(path);
    const info = Deno.statSync(real);
    const { size, mtimeNs, inode, device } = placeOf(info);
    if (size !== location.size || mtimeNs !== location.mtimeNs) {
      const message = `"${path}" was written since the last scan; run comfydock model scan first`;
      problems.push({ code: modelErrors.MODEL_CHANGED.code, message, path });
      return undefined;
    }
    // Without inodes nobody can tell whether two files share their bytes already.
    if (inode === undefined || device === undefined) return undefined;
    return { path: real, location, inode, device, links: info.nlink ?? 1 };
  } catch (error) {
    problems.push(toProblem(path, fileError("Cannot read", path, error)));
    return undefined;
  }
}

function toGroup(model: IndexedModel, files: readonly DuplicateFile[]): readonly DuplicateGroup[] {
  const byInode = [...Map.groupBy(files, ({ inode }) => inode).values()];
  if (byInode.length < 2) return [];
  const [keep, ...others] = byInode.sort((one, other) =>
    other.length - one.length || (one[0]!.path < other[0]!.path ? -1 : 1)
  );
  // Bytes come back only when every name of a file is replaced.
  const freed = others.filter((names) => names.length >= names[0]!.links).length * model.size;
  return [{ model, kept: keep![0]!, replaced: others.flat(), freed }];
}
