import { formatCount, type Style } from "../../output/mod.ts";
import type { ValidationReport } from "../../pipeline/mod.ts";

/** Shows a validation: one line when all is well, else each finding with its place, and the totals. */
export function renderFindings(report: ValidationReport, style: Style): string[] {
  const lines = report.findings.map(({ severity, code, file, path, message }) => {
    const mark = severity === "error" ? style.red("error") : style.yellow("warning");
    return `${mark} ${code} ${file} ${path}: ${message}`;
  });
  const { errors, warnings } = report;
  const left = errors + warnings - lines.length;
  return [
    ...lines,
    ...(left > 0 ? [`… and ${formatCount(left)} more`] : []),
    `${formatCount(errors)} errors, ${formatCount(warnings)} warnings`,
  ];
}
