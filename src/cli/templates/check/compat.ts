import type { Outcome, Style } from "../../../output/mod.ts";
import {
  countFindings,
  type Finding,
  readConfig,
  revisionFiles,
  workingFiles,
} from "../../../templates/mod.ts";
import { compareReleases } from "../../../templates/compat/mod.ts";
import { baseOf } from "../../../templates/packages/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot, repositoryGit } from "../access.ts";
import { renderFindings } from "../findings_view.ts";
import type { compatOptions } from "./options.ts";

/** What `templates compat` found. */
export interface CompatData {
  /** The release that was compared with; nothing before the first one. */
  readonly base: string | null;
  readonly errors: number;
  readonly warnings: number;
  /** Ids of templates that are new. */
  readonly added: readonly string[];
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly Finding[];
}

/** Tells what users of an earlier release would miss. */
export async function run(
  { options: { root: given, since, acknowledge, strict } }: InputOf<typeof compatOptions>,
  context: CommandContext,
): Promise<Outcome<CompatData>> {
  const root = await namedRoot({ root: given }, context);
  const git = repositoryGit(context);
  const files = workingFiles(root);
  const { tagPrefix: prefix } = await readConfig(files);
  const { tag, commit } = await baseOf(git, root, { since, prefix });
  if (commit === undefined) {
    const nothing = { added: [], findings: [], acknowledged: [] };
    return { data: { base: null, errors: 0, warnings: 0, ...nothing } };
  }
  const before = { ...await revisionFiles(git, root, commit), label: tag ?? commit };
  const report = await compareReleases(before, files, new Set(acknowledge));
  const { errors, warnings } = countFindings(report.findings);
  return {
    data: { base: tag ?? commit, errors, warnings, ...report },
    exit: errors > 0 || strict && warnings > 0 ? 1 : 0,
  };
}

/** The findings, and what is new. */
export function view(
  { base, added, findings, acknowledged }: CompatData,
  style: Style,
): readonly string[] {
  if (base === null) return ["There is no release to compare with"];
  return [
    ...findings.length > 0 ? renderFindings(findings, style) : [`Nothing of ${base} is missing`],
    ...acknowledged.map(({ message }) => style.dim(`acknowledged: ${message}`)),
    ...added.length > 0 ? [`New: ${added.join(", ")}`] : [],
  ];
}
