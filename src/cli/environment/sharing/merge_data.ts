import type { LockChange } from "../../../environment/venv/mod.ts";
import type {
  MergeChange,
  MergeConflict,
  MergePlan,
  MergeReport,
} from "../../../environment/merge/mod.ts";
import type { Style } from "../../../output/mod.ts";
import { renderLockChanges, renderPackageChanges } from "../changes_view.ts";
import { renderFollowed } from "../followed_view.ts";
import { type BroughtData, NOTHING_BROUGHT, toBroughtData } from "./brought_data.ts";

/** What a merge comes to, as programs get it. */
export interface MergeData extends BroughtData {
  readonly dry_run: boolean;
  /** `current`: nothing new; `forward`: taken as it is; `merge`: a commit with two parents. */
  readonly kind: MergePlan["kind"];
  /** What comes in: its name and newest commit. */
  readonly from: string;
  readonly theirs: string;
  /** The newest commit now; nothing in a dry run and where nothing was new. */
  readonly commit: string | null;
  readonly changes: readonly Omit<MergeChange, "id">[];
  readonly conflicts: readonly (Omit<MergeConflict, "id" | "chosen"> & {
    readonly chosen: "ours" | "theirs" | null;
  })[];
  readonly files: MergePlan["files"];
  /** Files that are in no commit and in the way; only a dry run goes on with some. */
  readonly in_the_way: readonly string[];
  /** Packages whose locked versions differ. */
  readonly lock: readonly LockChange[];
}

/** What would be merged. */
export function toPlanData(plan: MergePlan, lock: readonly LockChange[]): MergeData {
  const { kind, label: from, theirs, files, inTheWay: in_the_way } = plan;
  return {
    dry_run: true,
    kind,
    from,
    theirs,
    commit: null,
    changes: plan.changes.map(({ kind, key, change }) => ({ kind, key, change })),
    conflicts: plan.conflicts.map(({ id: _, chosen = null, ...conflict }) => ({
      ...conflict,
      chosen,
    })),
    files,
    in_the_way,
    lock,
    ...NOTHING_BROUGHT,
  };
}

/** What was merged. */
export function toReportData({ plan, commit, locked, ...brought }: MergeReport): MergeData {
  return {
    ...toPlanData(plan, locked),
    dry_run: false,
    commit: commit ?? null,
    ...toBroughtData(brought),
  };
}

const SIGNS = { added: "+", changed: "~", removed: "-" } as const;
const SHOWN = 50;

/** What came in, what is open, and what was brought along. */
export function renderMerge(data: MergeData, style: Style): string[] {
  const { dry_run, kind, from, theirs, commit, changes, conflicts, in_the_way } = data;
  if (kind === "current") return [`${style.bold(from)} has nothing new`];
  const verb = dry_run
    ? (kind === "forward" ? "Would go forward to" : "Would merge")
    : style.green(kind === "forward" ? "Went forward to" : "Merged");
  const asCommit = kind === "merge" && commit !== null ? `, as commit ${commit.slice(0, 8)}` : "";
  return [
    `${verb} ${style.bold(from)} (${theirs.slice(0, 8)})${asCommit}`,
    ...changes.slice(0, SHOWN).map(({ kind, key, change }) => {
      const line = `  ${SIGNS[change]} ${kind} ${key}`;
      return change === "added" ? style.green(line) : change === "removed" ? style.red(line) : line;
    }),
    ...(changes.length > SHOWN
      ? [style.dim(`  … and ${changes.length - SHOWN} more; --json shows all`)]
      : []),
    ...conflicts.map(({ kind, key, chosen }) =>
      chosen === null
        ? style.red(`  ! ${kind} ${key}: both sides have changed it; --ours or --theirs decides`)
        : `  ! ${kind} ${key}: ${chosen === "ours" ? "what is here" : "what came in"} counts`
    ),
    ...in_the_way.map((path) => style.red(`  ! ${path} is in no commit and would be lost`)),
    ...renderLockChanges(dry_run ? data.lock : [], style),
    ...(data.comfyui_moved ? ["  ~ ComfyUI"] : []),
    ...renderPackageChanges(data.packages, style),
    ...renderFollowed(data.followed, style),
  ];
}
