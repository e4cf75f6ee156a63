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
    const seen = model.locations.flatMap((location) => lookAtFile(location, problems));
    const sound = seen.filter(isSound);
    for (const { path, inode, device } of seen.filter((file) => !isSound(file))) {
      // A run that was killed may not have noted what it replaced.
      if (sound.some((file) => file.inode === inode && file.device === device)) continue;
      const message = `"${path}" was written since the last scan; run comfydock model scan first`;
      problems.push({ code: modelErrors.MODEL_CHANGED.code, message, path });
    }
    const files = new Map(sound.map((file) => [file.path, file]));
    return [...Map.groupBy(files.values(), ({ device }) => device).values()]
      .flatMap((onDevice) => toGroup(model, onDevice));
  });
  return { groups, problems };
}

interface SeenFile extends DuplicateFile {
  readonly size: number;
  readonly mtimeNs: bigint;
}

function lookAtFile(location: ModelLocation, problems: ModelProblem[]): readonly SeenFile[] {
  const path = locationPath(location);
  try {
    const real = Deno.realPathSync(path);
    const info = Deno.statSync(real);
    const { size, mtimeNs, inode, device } = placeOf(info);
    // Without inodes nobody can tell whether two files share their bytes already.
    if (inode === undefined || device === undefined) return [];
    return [{ path: real, location, inode, device, size, mtimeNs, links: info.nlink ?? 1 }];
  } catch (error) {
    problems.push(toProblem(path, fileError("Cannot read", path, error)));
    return [];
  }
}

function isSound({ size, mtimeNs, location }: SeenFile): boolean {
  return size === location.size && mtimeNs === location.mtimeNs;
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
