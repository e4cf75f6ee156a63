import { readAssetText } from "../../base/mod.ts";
import { allowsPython } from "../packages/mod.ts";
import type { TemplateRepository } from "../types.ts";

/** A file that a repository can have ready-made. */
export interface ReadyFile {
  /** Below the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** What the files are filled in with. */
export interface ReadyFileFacts {
  /** The release of comfydock that workflows install. */
  readonly version: string;
  /** The branch that releases are made from. */
  readonly branch: string;
}

const ASSETS = "data/templates/github";
const WORKFLOWS = ["check", "publish", "metrics", "links", "commits", "audit", "codeql"];
const PYTHONS = ["3.9", "3.10", "3.11", "3.12", "3.13"];

const FILES: readonly (readonly [path: string, asset: string])[] = [
  ...WORKFLOWS.map((name) =>
    [`.github/workflows/templates-${name}.yml`, `workflows/templates-${name}.yml`] as const
  ),
  [".github/dependabot.yml", "dependabot.yml"],
  [".github/pull_request_template.md", "pull_request_template.md"],
  ["SECURITY.md", "SECURITY.md"],
];

/** The workflows, lists and pages for a repository of templates on GitHub, filled in for this one. */
export async function readyFiles(
  { config, meta }: TemplateRepository,
  { version, branch }: ReadyFileFacts,
): Promise<readonly ReadyFile[]> {
  const pythons = PYTHONS.filter((one) => allowsPython(meta?.requiresPython ?? "", one));
  const values: Readonly<Record<string, string>> = {
    VERSION: version,
    BRANCH: branch,
    META: meta?.normalizedName ?? "workflow-templates",
    MODULE: meta?.module ?? "workflow_templates",
    // Stands between quotes, so that what is not filled in yet is YAML, too.
    PYTHONS: pythons.join('", "'),
    PACKAGES: config.packagesDir,
    TEMPLATES: config.templatesDir,
  };
  return await Promise.all(FILES.map(async ([path, asset]) => {
    const text = await readAssetText(`${ASSETS}/${asset}`);
    return { path, text: text.replace(/@([A-Z]+)@/g, (whole, name) => values[name] ?? whole) };
  }));
}
