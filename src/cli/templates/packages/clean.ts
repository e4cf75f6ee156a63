import type { Outcome, Style } from "../../../output/mod.ts";
import { applyClean, type CleanPlan, planClean } from "../../../templates/building/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot } from "../access.ts";
import { distOf } from "./build.ts";
import type { cleanOptions } from "./options.ts";

/** What `templates packages clean` removed, or would. */
export interface CleanData extends CleanPlan {
  readonly dry_run: boolean;
}

/** Removes what builds left, and nothing else. */
export async function run(
  { options, dryRun }: InputOf<typeof cleanOptions>,
  context: CommandContext,
): Promise<Outcome<CleanData>> {
  const root = await namedRoot(options, context);
  const dist = distOf(root, options.dist);
  const plan = await planClean(dist);
  if (!dryRun) await applyClean(dist, plan);
  return { data: { dry_run: dryRun, ...plan } };
}

/** The names of what went. */
export function view({ dry_run, remove, changed }: CleanData, style: Style): readonly string[] {
  return [
    ...remove.map((name) => `${dry_run ? "would remove" : "removed"} ${name}`),
    ...changed.map((name) => style.yellow(`${name} was changed since it was built, and stays`)),
    ...remove.length + changed.length === 0 ? ["Nothing to remove"] : [],
  ];
}
