import type { Outcome, Style } from "../../../output/mod.ts";
import { countFindings, type Finding, sortFindings } from "../../../templates/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { renderFindings } from "../findings_view.ts";
import { areaChecks, PACKAGE_AREAS } from "./check_areas.ts";
import type { checkOptions } from "./options.ts";
import { withPreLabel } from "./pre_label.ts";
import { readNamedSide } from "./side.ts";

/** What `templates packages check` found. */
export interface PackageCheckData {
  readonly areas: readonly string[];
  readonly skipped: readonly { readonly area: string; readonly why: string }[];
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

/** Checks what a release needs. */
export async function run(
  { options: given, args }: InputOf<typeof checkOptions>,
  context: CommandContext,
): Promise<Outcome<PackageCheckData>> {
  const options = withPreLabel(given);
  const areas = PACKAGE_AREAS.filter((area) =>
    args.length === 0 ? area !== "tools" : args.includes(area)
  );
  const named = await readNamedSide(options, context);
  const broken = named.side.repository.findings.filter(({ severity }) => severity === "error");
  const findings: Finding[] = areas.includes("pyproject") ? [...broken] : [];
  const skipped: { area: string; why: string }[] = [];
  for (const area of areas) {
    const found = await areaChecks[area]({ ...named, options, context });
    if (typeof found === "string") skipped.push({ area, why: found });
    else findings.push(...found);
  }
  const { errors, warnings } = countFindings(findings);
  const failed = errors > 0 || (options.strict && warnings > 0);
  return {
    data: { areas, skipped, errors, warnings, findings: sortFindings(findings) },
    exit: failed ? 1 : 0,
  };
}

/** The findings, and what was passed over. */
export function view({ findings, skipped }: PackageCheckData, style: Style): readonly string[] {
  return [
    ...renderFindings(findings, style),
    ...skipped.map(({ area, why }) => style.dim(`${area} was not checked: ${why}`)),
  ];
}
