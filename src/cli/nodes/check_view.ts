import type { Style } from "../../output/mod.ts";
import { renderLockChanges } from "../environment/changes_view.ts";
import type { CheckConflictData, CheckData, CheckPackageData } from "./check_data.ts";

const SHOWN = 6;

/** The judgement, the conflicts and what helps, then which pack pulls which version. */
export function view(data: CheckData, style: Style): string[] {
  const { packs, conflicts, packages, changes } = data;
  const direct = packages.filter(({ pulls }) => pulls.some(isDirect));
  const more = packages.length - direct.length;
  return [
    verdict(data, style),
    ...conflicts.flatMap((conflict) => conflictLines(conflict, style)),
    ...packs.flatMap(({ id, findings }) =>
      findings.map(({ file, line, message }) =>
        style.yellow(`  ! ${id}, ${file}${line === null ? "" : `:${line}`}: ${message}`)
      )
    ),
    ...(direct.length > 0 ? [style.bold("Packages")] : []),
    ...direct.map((one) => packageLine(one, style)),
    ...(more > 0 ? [style.dim(`  and ${more} that come through these; --json lists them`)] : []),
    ...(changes.length > 0 ? [style.bold("Would change")] : []),
    ...renderLockChanges(changes, style),
  ];
}

function verdict({ environment, fits, packs, conflicts }: CheckData, style: Style): string {
  const added = packs.filter(({ candidate }) => candidate).map(({ id }) => id);
  const whose = `${environment}${added.length === 0 ? "" : ` with ${added.join(", ")}`}`;
  const count = `${packs.length} node ${packs.length === 1 ? "pack" : "packs"}`;
  if (fits) return `${style.bold(whose)}: ${count}, ${style.green("all fit together")}`;
  const many = `${conflicts.length} ${conflicts.length === 1 ? "conflict" : "conflicts"}`;
  return `${style.bold(whose)}: ${count}, ${style.red(many)}`;
}

function conflictLines({ packs, message, remedies }: CheckConflictData, style: Style): string[] {
  const who = packs.length > 1
    ? `${packs.join(" and ")} exclude each other`
    : `${packs[0] ?? "The environment"} does not fit`;
  return [
    style.red(`  ✗ ${who}`),
    `    ${message}`,
    ...remedies.map(({ command, effect }) => style.dim(`    ${command}: ${effect}`)),
  ];
}

function packageLine({ name, versions, pulls }: CheckPackageData, style: Style): string {
  const asked = pulls.filter(isDirect).map(({ pack, requirement }) =>
    requirement === null ? pack : `${pack} (${requirement})`
  );
  const through = pulls.filter((pull) => pull.pack !== null && !isDirect(pull)).map((pull) =>
    `${pull.pack} through ${pull.via.at(-1)}`
  );
  const own = pulls.some(({ pack }) => pack === null) ? ["ComfyUI or the environment"] : [];
  const all = [...own, ...asked, ...through];
  const more = all.length - SHOWN;
  const who = `${all.slice(0, SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return `  ${name} ${versions.join(" and ")}  ${style.dim(who)}`;
}

function isDirect({ pack, via }: CheckPackageData["pulls"][number]): boolean {
  return pack !== null && via.length === 0;
}
