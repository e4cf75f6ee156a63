import { isAbsolute, join, relative } from "node:path";
import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import {
  type Builder,
  buildPackages,
  type BuiltPackage,
  commandBuilder,
  copiesError,
  planBuild,
  type SizeVerdict,
  unplannedError,
} from "../../../templates/building/mod.ts";
import { openDigests } from "../../../templates/digests/mod.ts";
import { requireSound } from "../../../templates/mod.ts";
import { createRunner } from "../../../tools/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { compareNamedRepository } from "./compare.ts";
import type { buildOptions } from "./options.ts";
import { withPreLabel } from "./pre_label.ts";
import { reported } from "./report.ts";
import { type NamedSide, readNamedSide } from "./side.ts";

/** What `templates packages build` made, or would make. */
export interface BuildData {
  readonly dry_run: boolean;
  /** Below the root. */
  readonly dist: string;
  readonly packages: readonly BuiltPackage[];
  /** Files near to the largest that the index accepts, or above it. */
  readonly sizes: readonly SizeVerdict[];
  readonly written: readonly string[];
}

/** What decides how packages are built. */
export type BuildingOptions = Pick<
  InputOf<typeof buildOptions>["options"],
  "jobs" | "builder" | "python" | "noIsolation" | "allow" | "pre"
>;

/** Builds packages. */
export async function run(
  { options: given, args, dryRun }: InputOf<typeof buildOptions>,
  context: CommandContext,
): Promise<Outcome<BuildData>> {
  const options = withPreLabel(given);
  return await reported("Build", options, context, async () => {
    const named = await readNamedSide(options, context);
    const chosen = args.length > 0
      ? args
      : options.changed
      ? await changedIds(named.root, context)
      : undefined;
    const dist = distOf(named.root, options.dist);
    return { data: await build(named, { ...options, dist, packages: chosen, dryRun }, context) };
  });
}

/** Absolute path of the directory of distributions. */
export function distOf(root: string, dist = "dist"): string {
  return isAbsolute(dist) ? dist : join(root, dist);
}

async function changedIds(root: string, context: CommandContext): Promise<readonly string[]> {
  const { comparison: { changes } } = await compareNamedRepository({ root }, context);
  return changes.packages.filter(({ removed, frozen }) => !removed && !frozen).map(({ id }) => id);
}

/** Plans and builds, once it is sure that everything is there. */
export async function build(
  { root, side }: NamedSide,
  options: BuildingOptions & {
    readonly dist: string;
    readonly packages?: readonly string[];
    readonly dryRun: boolean;
  },
  context: CommandContext,
): Promise<BuildData> {
  const { dist, packages, dryRun, pre, jobs = 2, allow } = options;
  const digests = await openDigests(root, { env: context.env });
  const plan = await planBuild(root, side, { packages, pre, digests });
  await digests.save();
  requireSound(plan.findings, "Cannot build");
  if (plan.faults.length > 0) throw copiesError(plan.faults);
  // What it finds there, another builder would pack.
  if (options.builder === "command" && plan.unplanned.length > 0) {
    throw unplannedError(plan.unplanned);
  }
  for (const path of plan.unplanned) {
    context.warn("W_UNPLANNED_FILE", `${path} belongs to no template, so that no package ships it`);
  }
  const shown = relative(root, dist) || ".";
  if (dryRun) {
    const planned = plan.packages.map(({ package: { id, name }, version, level }) => ({
      ...{ id, name, version, level },
      files: [],
    }));
    return { dry_run: true, dist: shown, packages: planned, sizes: [], written: [] };
  }
  const result = await buildPackages(plan, {
    dist,
    limits: side.repository.limits,
    allowLarge: allow,
    jobs,
    builder: builderOf(root, options, context),
    report: context.report,
    signal: context.signal,
  });
  for (const { file, percent, verdict } of result.sizes) {
    context.warn(
      "W_FILE_SIZE",
      `${file} has ${percent.toFixed(1)} % of the size that the index accepts (${verdict})`,
    );
  }
  return { dry_run: false, dist: shown, ...result };
}

function builderOf(
  root: string,
  { builder, python = "python3", noIsolation }: BuildingOptions,
  { env }: CommandContext,
): Builder | undefined {
  if (builder === "native") return undefined;
  return commandBuilder({
    runner: createRunner({ env }),
    root,
    python,
    isolation: !noIsolation,
  });
}

/** The files with their sizes. */
export function view({ dry_run, dist, packages }: BuildData, style: Style): readonly string[] {
  return packages.flatMap(({ id, version, files }) => [
    `${style.green(id)} ${version}${dry_run ? style.dim(" would be built") : ""}`,
    ...files.map(({ file, size, sha256 }) =>
      `  ${dist}/${file} ${formatBytes(size)} ${style.dim(sha256.slice(0, 12))}`
    ),
  ]);
}
