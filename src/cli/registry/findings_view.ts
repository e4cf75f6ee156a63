import { counted } from "../../base/mod.ts";
import { formatCount, type Style } from "../../output/mod.ts";
import type { Finding, ValidationReport } from "../../pipeline/mod.ts";

/** Warnings that are shown; errors are shown all. */
const WARNINGS_SHOWN = 5;

/** Shows a validation: each error and a few warnings with their place, and the totals. */
export function renderFindings(report: ValidationReport, style: Style): string[] {
  const errors = report.findings.filter((one) => one.severity === "error");
  const warnings = report.findings.filter((one) => one.severity === "warning");
  const shown = [...errors, ...warnings.slice(0, WARNINGS_SHOWN)];
  const left = report.errors + report.warnings - shown.length;
  return [
    ...shown.map((one) => findingLine(one, style)),
    ...(left > 0 ? [style.dim(`… and ${formatCount(left)} more; --json tells them`)] : []),
    `${counted(report.errors, "error")}, ${counted(report.warnings, "warning")}`,
  ];
}

function findingLine({ severity, code, file, path, message }: Finding, style: Style): string {
  const mark = severity === "error" ? style.red("error") : style.yellow("warning");
  return `${mark} ${code} ${file} ${path}: ${message}`;
}
