import type { Outcome, Style } from "../../../output/mod.ts";
import { type BumpPlan, planBump } from "../../../templates/packages/mod.ts";
import type { VersionLevel } from "../../../templates/versions/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { writeChanges } from "../access.ts";
import { type FileChangeData, renderChanges, showChanges } from "./changes_view.ts";
import { compareNamedRepository } from "./compare.ts";
import type { bumpOptions } from "./options.ts";
import { withPreLabel } from "./pre_label.ts";

/** What `templates packages bump` did, or would do. */
export interface BumpData {
  readonly dry_run: boolean;
  readonly raised: BumpPlan["raised"];
  readonly left: BumpPlan["left"];
  readonly changes: readonly FileChangeData[];
}

/** Raises the versions of changed packages. */
export async function run(
  { options, args, dryRun }: InputOf<typeof bumpOptions>,
  context: CommandContext,
): Promise<Outcome<BumpData>> {
  const { root, since, minor, major, pre } = withPreLabel(options);
  const repository = await compareNamedRepository({ root, since }, context);
  const levels = new Map<string, VersionLevel>([
    ...minor.map((id) => [id, "minor"] as const),
    ...major.map((id) => [id, "major"] as const),
  ]);
  const plan = planBump(repository.comparison, {
    packages: args.length === 0 ? undefined : args,
    levels,
    pre,
  });
  if (!dryRun) await writeChanges(repository.root, plan.changes, context);
  const { raised, left, changes } = plan;
  return { data: { dry_run: dryRun, raised, left, changes: showChanges(changes) } };
}

/** The new versions; on a dry run the differences of files. */
export function view(
  { dry_run, raised, left, changes }: BumpData,
  style: Style,
): readonly string[] {
  return [
    ...raised.map(({ id, from, to }) => `${style.green(id)} ${from} → ${to}`),
    ...left.map(({ id, version, why }) => style.dim(`${id} ${version} (${why})`)),
    ...raised.length + left.length === 0 ? ["No package changed"] : [],
    ...dry_run ? renderChanges(changes, style) : [],
  ];
}
