import { ComfydockError } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { SizeLimits } from "../repository/mod.ts";
import type { BuiltPackage } from "./types.ts";

/** How near a file of a distribution is to what the index accepts. */
export interface SizeVerdict {
  readonly package: string;
  readonly file: string;
  readonly size: number;
  /** Of the limit. */
  readonly percent: number;
  readonly verdict: "warning" | "critical" | "over";
}

/** Measures the files of packages against the limit of the index; those well below it are left out. */
export function judgeSizes(
  packages: readonly BuiltPackage[],
  { fileLimit, fileWarnPercent, fileCriticalPercent }: SizeLimits,
): readonly SizeVerdict[] {
  return packages.flatMap(({ id, files }) =>
    files.flatMap(({ file, size }): SizeVerdict[] => {
      const percent = size / fileLimit * 100;
      if (percent < fileWarnPercent) return [];
      const verdict = percent > 100
        ? "over"
        : percent >= fileCriticalPercent
        ? "critical"
        : "warning";
      return [{ package: id, file, size, percent, verdict }];
    })
  );
}

/**
 * Lets no file pass that the index would refuse, and those near to it only when that is allowed.
 *
 * @throws `E_SIZE_LIMIT`
 */
export function requireSizes(verdicts: readonly SizeVerdict[], allowed: boolean): void {
  const worst = verdicts.find(({ verdict }) => verdict === "over") ??
    verdicts.find(({ verdict }) => verdict === "critical" && !allowed);
  if (!worst) return;
  throw new ComfydockError(
    templateErrors.E_SIZE_LIMIT,
    `Cannot build "${worst.package}": ${worst.file} has ${worst.size} bytes, ${
      worst.percent.toFixed(1)
    } % of what the index accepts`,
    {
      hint: worst.verdict === "over"
        ? "Move templates to another bundle with `comfydock templates move`"
        : "Move templates to another bundle, or allow it with --allow",
      details: { files: verdicts },
    },
  );
}
