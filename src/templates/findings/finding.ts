import { ComfydockError, compareCodePoints } from "../../base/mod.ts";
import { showJsonPath } from "../../workflows/json/mod.ts";
import { templateErrors } from "../errors.ts";
import { type FindingCode, findingCodes } from "./codes.ts";
import type { Finding, FindingPlace } from "./types.ts";

/**
 * Makes a finding; area, severity and usual hint come from its code.
 *
 * @param message What is wrong, with the value at fault; upper-case start, no full stop.
 * @param more What differs from the usual for this code.
 */
export function finding(
  code: FindingCode,
  { file, line, path }: FindingPlace,
  message: string,
  more: Partial<Pick<Finding, "severity" | "hint" | "details">> = {},
): Finding {
  const { area, severity, hint } = findingCodes[code];
  const shown = path === undefined || typeof path === "string" ? path : showJsonPath(path);
  return {
    code,
    area,
    severity,
    file,
    ...(line !== undefined && { line }),
    ...(shown !== undefined && { path: shown }),
    message,
    ...(hint !== undefined && { hint }),
    ...more,
  };
}

/** Puts findings in the order in which people read them: errors first, then by file, line, code and message. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((left, right) =>
    Number(left.severity === "warning") - Number(right.severity === "warning") ||
    compareCodePoints(left.file, right.file) ||
    (left.line ?? 0) - (right.line ?? 0) ||
    compareCodePoints(left.code, right.code) ||
    compareCodePoints(left.message, right.message)
  );
}

/** How many findings there are of each weight. */
export function countFindings(
  findings: readonly Finding[],
): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: findings.length - errors };
}

/**
 * Lets a command go on only when what it reads is without errors.
 *
 * @param doing What cannot be done otherwise, such as `Cannot bump`.
 * @throws `E_BAD_REPOSITORY` naming the first error, all of them in its details
 */
export function requireSound(findings: readonly Finding[], doing: string): void {
  const errors = sortFindings(findings).filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  throw new ComfydockError(
    templateErrors.E_BAD_REPOSITORY,
    `${doing}: ${placeOf(first)}: ${first.message}${more}`,
    {
      hint: first.hint ?? "Run `comfydock templates check` to see all errors",
      details: { findings: errors },
    },
  );
}

/** Where a finding is, such as `bundles.json:12 $.core[3]`. */
export function placeOf({ file, line, path }: Finding): string {
  const at = line === undefined ? file : `${file}:${line}`;
  return path === undefined ? at : `${at} ${path}`;
}
