import type { Difference } from "../../environment/status/mod.ts";
import type { Style } from "../../output/mod.ts";

/** A difference as programs get it. */
export interface DifferenceData {
  readonly kind: Difference["kind"];
  readonly subject: string;
  readonly expected: string | null;
  readonly found: string | null;
  readonly severity: "error" | "warning";
  readonly settle: string;
}

/** Differences as programs get them. */
export function toDifferenceData(differences: readonly Difference[]): readonly DifferenceData[] {
  return differences.map(({ kind, subject, expected = null, found = null, severity, settle }) => ({
    kind,
    subject,
    expected,
    found,
    severity,
    settle,
  }));
}

const TITLES: Readonly<Record<Difference["kind"], string>> = {
  interrupted: "A command was interrupted",
  busy: "A command is at work",
  history_missing: "The history is missing",
  uncommitted: "Not committed",
  lock_missing: "The lock is missing",
  lock_stale: "The lock does not fit the manifest",
  lock_damaged: "The lock cannot be read",
  venv_missing: "The virtual environment is missing or broken",
  python_version: "Another Python",
  package_missing: "Not installed",
  package_extra: "Installed, but not locked",
  package_version: "Another version is installed",
  comfyui_missing: "ComfyUI is missing",
  comfyui_no_git: "ComfyUI is no git repository any more",
  comfyui_commit: "Another ComfyUI is checked out",
  comfyui_changed: "Changed in ComfyUI",
  requirement_missing: "ComfyUI asks for these, and the manifest does not",
  models_unlinked: "ComfyUI does not find the models",
  node_missing: "Node packs that are missing",
  node_extra: "Node packs that the manifest does not know",
  node_version: "Another version of a node pack is there",
  node_changed: "Node packs with local changes",
  node_disabled: "Node packs that are disabled and should not be",
  node_enabled: "Node packs that are enabled and should not be",
  node_twice: "Node packs that are there twice, enabled and disabled",
  node_bisect: "A search for a faulty node pack holds some back",
  workflow_missing: "Tracked workflows are missing",
  workflow_outside: "Workflows whose file lies outside of .cec/workflows",
  workflow_hash: "Tracked workflows are not as the manifest recorded them",
  workflow_copy_missing: "ComfyUI does not have these tracked workflows",
  workflow_copy_differs: "ComfyUI's copies of tracked workflows differ",
  workflow_untracked: "Workflows that nobody tracks",
  model_missing: "Models are missing",
  model_outside: "Models whose path leads out of the models directory",
  model_size: "Models have another size",
};

const SHOWN = 10;

/** Differences in groups of one kind, each with the command that settles it. */
export function renderDifferences(
  differences: readonly DifferenceData[],
  style: Style,
): readonly string[] {
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const group = differences.filter((one) => one.kind === kind);
    const [first] = group;
    const settles = [...new Set(group.map(({ settle }) => settle))].slice(0, SHOWN);
    const mark = first?.severity === "error" ? style.red("✗") : style.yellow("!");
    const more = group.length - SHOWN;
    return [
      `${mark} ${TITLES[kind]}`,
      ...group.slice(0, SHOWN).map((one) => `    ${one.subject}${valuesOf(one)}`),
      ...(more > 0 ? [style.dim(`    … and ${more} more; --json shows all`)] : []),
      ...settles.map((settle) => style.dim(`    settle with: ${settle}`)),
    ];
  });
}

function valuesOf({ expected, found }: DifferenceData): string {
  const short = (text: string) => /^[0-9a-f]{40}$/.test(text) ? text.slice(0, 8) : text;
  if (expected !== null && found !== null) return `: ${short(found)} instead of ${short(expected)}`;
  const value = expected ?? found;
  return value === null ? "" : `: ${short(value)}`;
}
