import { counted } from "../../base/mod.ts";
import type { TakeoverFinding } from "../../environment/takeover/mod.ts";
import type { Style } from "../../output/mod.ts";
import type { AdoptData } from "./adopt_data.ts";

const ORDER: readonly TakeoverFinding["certainty"][] = ["exact", "guessed", "unknown", "dropped"];
const TITLES: Readonly<Record<TakeoverFinding["certainty"], string>> = {
  exact: "Exact",
  guessed: "Guessed",
  unknown: "Unknown",
  dropped: "Stays behind",
};

type Made = NonNullable<AdoptData["made"]>;

/** What is known of an install, and what was made of it. */
export function view(data: AdoptData, style: Style): string[] {
  const { name, path, kind, nodes, workflows, made } = data;
  const head = made
    ? `${style.green("Adopted")} ${style.bold(name)} at ${made.path}`
    : `Would adopt ${style.bold(name)} from ${path} (${kind})`;
  const facts = made
    ? `  ComfyUI ${versionOf(made)}, Python ${made.python}, ${
      counted(made.packages, "package")
    }, ` +
      `${counted(made.nodes.length, "node pack")}, ${counted(workflows.length, "workflow")}${
        made.indexed === null ? "" : `, ${counted(made.indexed, "model")} in the index`
      }`
    : `  ${counted(nodes.length, "node pack")}, ${counted(data.packages.length, "package")}, ${
      counted(workflows.length, "workflow")
    }`;
  return [
    head,
    facts,
    ...tellFindings(data.findings, style),
    ...made
      ? [
        made.active
          ? "  It is the active environment"
          : style.dim(`  comfydock use ${name} makes it the active one`),
      ]
      : [],
  ];
}

function versionOf({ comfyui_version: version, comfyui_commit: commit }: Made): string {
  const short = commit.slice(0, 8);
  return version === commit ? short : `${version} (${short})`;
}

/** Findings by how certain they are. */
export function tellFindings(findings: readonly TakeoverFinding[], style: Style): string[] {
  return ORDER.flatMap((certainty) => {
    const told = findings.filter((finding) => finding.certainty === certainty);
    if (told.length === 0) return [];
    const paint = certainty === "exact" ? style.green : style.yellow;
    return [
      `  ${paint(TITLES[certainty])}`,
      ...told.map(({ subject, message }) => `    ${style.bold(subject)}: ${message}`),
    ];
  });
}
