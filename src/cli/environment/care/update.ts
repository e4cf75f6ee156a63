import type { RequirementChange } from "../../../environment/diff/mod.ts";
import { updateEnvironment, type UpdateReport } from "../../../environment/update/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { type EditData, editData, packageLines } from "../packages/edit_data.ts";
import { commandEnvironment } from "../world.ts";
import type { updateOptions } from "./options.ts";

/** A ComfyUI in the data of `update`. */
export interface ComfyUIData {
  readonly version?: string;
  readonly ref_type?: "release" | "branch" | "commit";
  readonly commit?: string;
}

/** What `update` tells. */
export interface UpdateData extends EditData {
  readonly from: ComfyUIData;
  readonly to: ComfyUIData;
  readonly direction: "same" | "forward" | "backward" | "sideways";
  /** Between the two, newest first, the first 100. */
  readonly commits: readonly { readonly commit: string; readonly subject: string }[];
  readonly commit_count: number;
  /** Requirements of ComfyUI's that differ. */
  readonly requirements: readonly RequirementChange[];
  /** Where the manifest's own stand although ComfyUI asks for something else. */
  readonly kept: readonly RequirementChange[];
}

const MOST_COMMITS = 100;

/** Gives the environment another ComfyUI. */
export async function run(
  { options, dryRun }: InputOf<typeof updateOptions>,
  context: CommandContext,
): Promise<Outcome<UpdateData>> {
  const { world, environment } = await commandEnvironment(context);
  const report = await updateEnvironment(world, { wanted: options.comfyui, dryRun });
  return { data: dataOf(environment.name, dryRun, report) };
}

function dataOf(environment: string, dryRun: boolean, report: UpdateReport): UpdateData {
  const { plan: { from, to, between, requirements, kept }, moved } = report;
  const data = editData(environment, dryRun, report);
  return {
    ...data,
    changed: data.changed || moved,
    from: {
      version: from.comfyuiVersion,
      ref_type: from.comfyuiRefType,
      commit: from.comfyuiCommit,
    },
    to: { version: to.name, ref_type: to.kind, commit: to.commit },
    direction: between.direction,
    commits: between.commits.slice(0, MOST_COMMITS).map(({ commit, subject }) => ({
      commit,
      subject,
    })),
    commit_count: between.commits.length,
    requirements,
    kept,
  };
}

const SHOWN_COMMITS = 10;

/** From what to what, what lies between, and the packages that follow. */
export function view(data: UpdateData, style: Style): string[] {
  const { dry_run, environment, changed, from, to, packages } = data;
  if (!changed && packages.length === 0) {
    return [`Nothing to do: ${environment} has ComfyUI ${nameOf(to)} already`];
  }
  const locked = packageLines(data, style);
  return [
    `${dry_run ? "Would update" : "Updated"} ${environment} from ComfyUI ${nameOf(from)} to ${
      style.bold(nameOf(to))
    }`,
    ...commitLines(data, style),
    ...data.requirements.flatMap(({ before, after }) => [
      ...before.filter((one) => !after.includes(one)).map((one) => style.red(`  - "${one}"`)),
      ...after.filter((one) => !before.includes(one)).map((one) => style.green(`  + "${one}"`)),
    ]),
    ...data.kept.map(({ name, before, after }) =>
      style.yellow(
        `  ${name} stays ${quoted(before)} as in the manifest; ComfyUI has ${quoted(after)}`,
      )
    ),
    ...(locked.length > 0 ? ["Packages", ...locked] : []),
  ];
}

function nameOf({ version, ref_type, commit }: ComfyUIData): string {
  const short = commit?.slice(0, 8);
  if (ref_type === "commit" || version === undefined) return short ?? "of unknown version";
  return `${version} (${short})`;
}

function commitLines({ direction, commits, commit_count }: UpdateData, style: Style): string[] {
  if (direction === "same" || commit_count === 0) return [];
  const [count, way] = [
    `${commit_count} ${commit_count === 1 ? "commit" : "commits"}`,
    direction === "backward" ? "back" : direction === "forward" ? "on" : "on another line",
  ];
  const more = commit_count - SHOWN_COMMITS;
  return [
    `  ${count} ${way}`,
    ...commits.slice(0, SHOWN_COMMITS).map(({ commit, subject }) =>
      style.dim(`    ${commit.slice(0, 8)} ${subject}`)
    ),
    ...(more > 0 ? [style.dim(`    … and ${more} more`)] : []),
  ];
}

function quoted(requirements: readonly string[]): string {
  return requirements.length === 0
    ? "absent"
    : requirements.map((requirement) => `"${requirement}"`).join(" and ");
}
