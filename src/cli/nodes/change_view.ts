import type { Style } from "../../output/mod.ts";
import { packageLines } from "../environment/packages/edit_data.ts";
import type { NodeChangeData, NodeChangesData } from "./change_data.ts";

/** What became of the packs, of the packages, and what is left to do. */
export function nodeChangeLines(data: NodeChangesData, style: Style): string[] {
  const { dry_run, environment, nodes, failures, left, commit } = data;
  const done = nodes.filter(({ action }) => action !== "kept");
  const head = done.length === 0
    ? `Nothing to do in ${environment}`
    : `${dry_run ? "Would change" : "Changed"} ${environment}`;
  const packages = packageLines(data, style);
  return [
    head,
    ...nodes.flatMap((node) => nodeLines(node, style)),
    ...(packages.length > 0 ? ["Packages", ...packages] : []),
    ...failures.flatMap(({ named, message, hint }) => [
      style.red(`  ✗ ${named}: ${message}`),
      ...(hint === null ? [] : [style.dim(`    hint: ${hint}`)]),
    ]),
    ...left.flatMap(({ problem, hint }) => [
      style.yellow(`  ! ${problem}`),
      ...(hint === null ? [] : [style.dim(`    ${hint}`)]),
    ]),
    ...(commit === null ? [] : [style.dim(`Committed as ${commit.slice(0, 8)}`)]),
  ];
}

function nodeLines(node: NodeChangeData, style: Style): string[] {
  const { id, action, before, after, requirements, findings, scripts, why } = node;
  const [old, now] = [shortVersion(before), shortVersion(after)];
  const name = (version: string) => version === "" ? id : `${id} ${version}`;
  const asks = requirements && requirements.length > 0
    ? [style.dim(`    asks for ${requirements.join(", ")}`)]
    : [];
  const more = [
    ...asks,
    ...findings.map(({ file, line, message }) =>
      style.yellow(`    ! ${file}${line === null ? "" : `:${line}`}: ${message}`)
    ),
    ...scripts.map((script) => style.dim(`    brings its own ${script}`)),
  ];
  switch (action) {
    case "added":
    case "adopted":
      return [style.green(`  + ${name(now)}${action === "adopted" ? ", adopted" : ""}`), ...more];
    case "removed":
      return [style.red(`  - ${name(old)}`)];
    case "updated":
      return [`  ~ ${id} ${old === now ? `${now}, restored` : `${old} → ${now}`}`, ...more];
    case "enabled":
    case "disabled":
      return [`  ~ ${id} ${action}`];
    case "kept":
      return [style.dim(`  = ${name(now)}${why === null ? "" : `: ${why}`}`)];
  }
}

/** A version as people read it: of a commit the first digits. */
export function shortVersion(version: string | null): string {
  if (version === null) return "";
  return /^[0-9a-f]{40}$/.test(version) ? version.slice(0, 8) : version;
}
