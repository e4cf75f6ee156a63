import type { ManifestReport } from "../../environment/manifest_change/mod.ts";
import type { LockChange } from "../../environment/venv/mod.ts";
import type { Style } from "../../output/mod.ts";

/** A change of `.venv` as programs get it. */
export interface PackageChangeData {
  readonly action: "added" | "removed" | "reinstalled";
  readonly name: string;
  readonly version: string;
}

/** What a change of an environment came to, as programs get it. */
export interface ChangeData {
  readonly changed: boolean;
  readonly lock: readonly LockChange[];
  readonly packages: readonly PackageChangeData[];
  readonly commit: string | null;
}

/** A report as programs get it. */
export function toChangeData(report: ManifestReport): ChangeData {
  const { manifestChanged, lockChanged, locked, packages, followed, commit = null } = report;
  const brought = followed.some(({ outcome }) => outcome === "done");
  return {
    changed: manifestChanged || lockChanged || packages.length > 0 || brought ||
      commit !== null,
    lock: locked,
    packages,
    commit,
  };
}

const SHOWN = 30;

/** Packages that came, went or changed in the lock. */
export function renderLockChanges(changes: readonly LockChange[], style: Style): string[] {
  return shorten(
    changes.map(({ name, before, after }) => {
      if (before.length === 0) return style.green(`  + ${name} ${after.join(", ")}`);
      if (after.length === 0) return style.red(`  - ${name} ${before.join(", ")}`);
      return `  ~ ${name} ${before.join(", ")} → ${after.join(", ")}`;
    }),
    style,
  );
}

/** Packages that came, went or changed in `.venv`. */
export function renderPackageChanges(
  changes: readonly PackageChangeData[],
  style: Style,
): string[] {
  return shorten(
    changes.map(({ action, name, version }) => {
      if (action === "added") return style.green(`  + ${name} ${version}`);
      if (action === "removed") return style.red(`  - ${name} ${version}`);
      return `  ~ ${name} ${version}`;
    }),
    style,
  );
}

function shorten(lines: string[], style: Style): string[] {
  const more = lines.length - SHOWN;
  return more <= 0
    ? lines
    : [...lines.slice(0, SHOWN), style.dim(`  … and ${more} more; --json shows all`)];
}
