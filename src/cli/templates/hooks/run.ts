import type { Outcome, Style } from "../../../output/mod.ts";
import { countFindings, type Finding } from "../../../templates/mod.ts";
import { checkStaged } from "../../../templates/hooks/mod.ts";
import { ExitCode } from "../../../base/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot, repositoryGit } from "../access.ts";
import { renderFindings } from "../findings_view.ts";
import type { runOptions } from "./options.ts";

/** What `templates hook run` found. */
export interface HookRunData {
  /** Files of the next commit that were looked at. */
  readonly staged: readonly string[];
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

/** Checks what is about to be committed. */
export async function run(
  { options: { root: given, strict } }: InputOf<typeof runOptions>,
  context: CommandContext,
): Promise<Outcome<HookRunData>> {
  const root = await namedRoot({ root: given }, context);
  const { staged, findings } = await checkStaged(repositoryGit(context), root, {
    indexFile: context.env.GIT_INDEX_FILE,
    env: context.env,
  });
  const totals = countFindings(findings);
  const failed = totals.errors > 0 || strict && totals.warnings > 0;
  return {
    data: { staged, ...totals, findings },
    exit: failed ? ExitCode.failed : ExitCode.ok,
  };
}

/** The findings; one line where nothing is wrong. */
export function view({ staged, findings }: HookRunData, style: Style): readonly string[] {
  if (staged.length === 0) return ["No template is about to be committed"];
  return renderFindings(findings, style);
}
