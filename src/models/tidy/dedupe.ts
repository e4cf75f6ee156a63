import { dirname, join } from "node:path";
import {
  ComfydockError,
  fileError,
  removeIfThere,
  type Reporter,
  systemClock,
  throwIfAborted,
} from "../../base/mod.ts";
import { type Checkpoints, noCheckpoints } from "../../workspace/mod.ts";
import { modelErrors } from "../errors.ts";
import { toProblem } from "../faults.ts";
import { type ModelIndex, recordPlace } from "../index/mod.ts";
import { placeOf } from "../scan/mod.ts";
import type { ModelProblem } from "../types.ts";
import type { DedupePlan, DuplicateFile, DuplicateGroup } from "./dedupe_plan.ts";
import { equalFiles } from "./equal_files.ts";
import { cloneFile, type Cloning } from "./clone_file.ts";

/** How files come to share their bytes: one file under several names, or files that part when one is written. */
export type DedupeMethod = "link" | "reflink";

/** How a deduplication is done. */
export interface DedupeOptions extends Cloning {
  readonly method: DedupeMethod;
  readonly report: Reporter;
  readonly checkpoints?: Checkpoints;
}

/** What a deduplication did. */
export interface DedupeReport {
  /** Only with files that were replaced. */
  readonly groups: readonly DuplicateGroup[];
  readonly problems: readonly ModelProblem[];
}

/**
 * Lets equal files share their bytes; each is compared with the one that stays right before, and replaced in one step.
 *
 * Killed anywhere, every file is there with the same bytes as before.
 *
 * @throws `INTERRUPTED`, and the errors of the index.
 */
export async function applyDedupe(
  index: ModelIndex,
  plan: DedupePlan,
  options: DedupeOptions,
): Promise<DedupeReport> {
  const { report, signal } = options;
  const problems = [...plan.problems];
  const groups: DuplicateGroup[] = [];
  const total = plan.groups.reduce((sum, { replaced }) => sum + replaced.length, 0);
  report.emit({ kind: "started", id: "dedupe", label: "Comparing files", total, unit: "items" });
  for (const group of plan.groups) {
    const replaced: DuplicateFile[] = [];
    for (const file of group.replaced) {
      throwIfAborted(signal);
      try {
        await replaceFile(index, group, file, options);
        replaced.push(file);
      } catch (error) {
        problems.push(toProblem(file.path, fileError("Cannot replace", file.path, error)));
      }
      report.emit({ kind: "advanced", id: "dedupe", by: 1 });
    }
    const freed = replaced.length === group.replaced.length ? group.freed : 0;
    if (replaced.length > 0) groups.push({ ...group, replaced, freed });
  }
  report.emit({ kind: "finished", id: "dedupe" });
  return { groups, problems };
}

async function replaceFile(
  index: ModelIndex,
  { model, kept }: DuplicateGroup,
  file: DuplicateFile,
  options: DedupeOptions,
): Promise<void> {
  const { checkpoints = noCheckpoints, method, signal } = options;
  // A name of our own and always the same one, so that what a killed run left is found again.
  const temporary = join(dirname(file.path), `.comfydock-dedupe-${model.blake3.slice(0, 16)}`);
  await removeIfThere(temporary);
  if (!equalFiles(kept.path, file.path, signal)) throw differs(file.path, kept.path);
  try {
    if (method === "link") await Deno.link(kept.path, temporary);
    else await cloneFile(kept.path, temporary, file.path, options);
    checkpoints.reach("dedupe:linked");
    if (!isSame(file)) throw differs(file.path, kept.path);
    await Deno.rename(temporary, file.path);
  } catch (error) {
    await removeIfThere(temporary);
    throw error;
  }
  checkpoints.reach("dedupe:replaced");
  const place = { ...file.location, ...placeOf(await Deno.stat(file.path)) };
  const now = new Date(systemClock.now()).toISOString();
  index.transaction(() => recordPlace(index, model.id, place, now));
}

/** Whether a file is what the plan saw, so that nothing new is replaced. */
function isSame({ path, inode, location }: DuplicateFile): boolean {
  const now = placeOf(Deno.statSync(path));
  return now.inode === inode && now.size === location.size && now.mtimeNs === location.mtimeNs;
}

function differs(path: string, kept: string): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_CHANGED,
    `Cannot replace "${path}": it is no longer equal to "${kept}"`,
    { hint: "Run comfydock model scan, then comfydock model verify --full", details: { path } },
  );
}
