import { counted } from "../../base/mod.ts";
import { formatCount, type Style } from "../../output/mod.ts";
import { countFindings, type Finding, placeOf } from "../../templates/mod.ts";

/** Warnings that are shown; errors are shown all. */
const WARNINGS_SHOWN = 20;

/** Shows findings: each error and some warnings with place and hint, then the totals. */
export function renderFindings(findings: readonly Finding[], style: Style): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const shown = [...errors, ...warnings.slice(0, WARNINGS_SHOWN)];
  const left = findings.length - shown.length;
  const totals = countFindings(findings);
  return [
    ...shown.flatMap((one) => findingLines(one, style)),
    ...(left > 0 ? [style.dim(`… and ${formatCount(left)} more; --json tells them`)] : []),
    `${counted(totals.errors, "error")}, ${counted(totals.warnings, "warning")}`,
  ];
}

function findingLines(one: Finding, style: Style): readonly string[] {
  const mark = one.severity === "error" ? style.red("error") : style.yellow("warning");
  return [
    `${mark} ${one.code} ${placeOf(one)}: ${one.message}`,
    ...(one.hint === undefined ? [] : [style.dim(`  hint: ${one.hint}`)]),
  ];
}
