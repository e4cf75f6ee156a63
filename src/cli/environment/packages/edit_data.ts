import type { ManifestEditReport, ManifestPlan } from "../../../environment/manifest_change/mod.ts";
import type { LockChange } from "../../../environment/venv/mod.ts";
import type { Style } from "../../../output/mod.ts";

/** What every command tells that edits the manifest and lets lock and packages follow. */
export interface EditData {
  readonly dry_run: boolean;
  readonly environment: string;
  /** Whether manifest or lock are, or would be, others than before. */
  readonly changed: boolean;
  /** Packages whose locked versions differ. */
  readonly locked: readonly LockChange[];
  /** What was installed, removed or replaced in `.venv`. */
  readonly packages: readonly {
    readonly action: "added" | "removed" | "reinstalled";
    readonly name: string;
    readonly version: string;
  }[];
}

/** The shared part of the data of an edit. */
export function editData<Plan extends ManifestPlan>(
  environment: string,
  dryRun: boolean,
  { manifestChanged, lockChanged, locked, packages }: ManifestEditReport<Plan>,
): EditData {
  return {
    dry_run: dryRun,
    environment,
    changed: manifestChanged || lockChanged,
    locked,
    packages,
  };
}

const SHOWN = 30;

/** The lines about lock and packages, the first of many. */
export function packageLines({ dry_run, locked, packages }: EditData, style: Style): string[] {
  const counted = packages.filter(({ action }) => action !== "removed").length;
  const removed = packages.length - counted;
  const more = locked.length - SHOWN;
  return [
    ...locked.slice(0, SHOWN).map((change) => `  ${lockLine(change, style)}`),
    ...(more > 0 ? [style.dim(`  … and ${more} more; --json shows all`)] : []),
    ...(dry_run || packages.length === 0 ? [] : [
      style.dim(`  ${counted} installed, ${removed} removed`),
    ]),
  ];
}

/** One package: what was locked, and what is. */
export function lockLine({ name, before, after }: LockChange, style: Style): string {
  if (before.length === 0) return style.green(`+ ${name} ${after.join(", ")}`);
  if (after.length === 0) return style.red(`- ${name} ${before.join(", ")}`);
  return `~ ${name} ${before.join(", ")} → ${after.join(", ")}`;
}
