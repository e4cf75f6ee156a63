import { systemClock } from "../../base/mod.ts";
import { readModelFolders } from "../folders/mod.ts";
import type { ModelIndex } from "../index/mod.ts";
import { anchorRoots } from "./anchor.ts";
import { applyScan } from "./apply.ts";
import { planRoot, type RootChanges, type ScanPlan } from "./plan.ts";
import { planRoots, type RootRequest } from "./roots.ts";
import type { FoundFiles, ScanOptions, ScanReport } from "./types.ts";
import { walkRoot } from "./walk.ts";

/**
 * Looks for model files and compares them with the index.
 *
 * @throws `INTERRUPTED`, `FILE_UNREADABLE`, and the errors of the index.
 */
export async function planScan(
  index: ModelIndex,
  request: RootRequest,
  { recursive = true, report, signal }: ScanOptions,
): Promise<ScanPlan> {
  const folders = await readModelFolders();
  const { roots: wanted, problems } = await planRoots(request, folders);
  const known = index.all("SELECT DISTINCT directory FROM model_locations")
    .map(({ directory }) => String(directory));
  const { roots, swallowed } = anchorRoots(wanted, known);
  const found: FoundFiles[] = [];
  report.emit({ kind: "started", id: "look", label: "Looking for models" });
  for (const root of roots) found.push(await walkRoot(root, { recursive, folders, signal }));
  report.emit({ kind: "finished", id: "look" });
  return {
    roots: found.map((each) => planRoot(each, index.locations(each.root.directory), recursive)),
    swallowed: recursive ? swallowed : [],
    found,
    problems: [...problems, ...found.flatMap((each) => each.problems)],
  };
}

/**
 * Brings the index to what is on the disk; killed anywhere, the next scan completes it.
 *
 * @throws `INTERRUPTED`, `DISK_FULL`, and the other errors of the index.
 */
export async function scanModels(
  index: ModelIndex,
  request: RootRequest,
  options: ScanOptions,
): Promise<ScanReport> {
  const plan = await planScan(index, request, options);
  const now = new Date((options.clock ?? systemClock).now()).toISOString();
  return await applyScan(index, plan, now, options);
}

/** What a plan would do, in the words of a report; how many moved is known only after looking closer. */
export function previewScan({ roots, found, problems }: ScanPlan): ScanReport {
  const count = (pick: (root: RootChanges) => readonly unknown[]) =>
    roots.reduce((sum, root) => sum + pick(root).length, 0);
  const files = found.flatMap((each) => each.files);
  const read = roots.flatMap(({ added, changed }) => [...added, ...changed]);
  return {
    roots: roots.map(({ directory }) => directory),
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    added: count(({ added }) => added),
    changed: count(({ changed }) => changed),
    moved: 0,
    unchanged: count(({ unchanged }) => unchanged),
    removed: count(({ vanished }) => vanished),
    hashedBytes: read.reduce((sum, { size }) => sum + size, 0),
    unsafe: [],
    unsafeFiles: 0,
    problems,
    warnings: found.flatMap((each) => each.warnings),
  };
}
