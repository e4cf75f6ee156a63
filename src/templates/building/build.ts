import { join } from "node:path";
import {
  exists,
  fileError,
  mapConcurrent,
  type Reporter,
  silentReporter,
  writeFileAtomic,
} from "../../base/mod.ts";
import type { SizeLimits } from "../repository/mod.ts";
import { digestOf, type WrittenFile } from "../wheels/mod.ts";
import { type Builder, nativeBuilder } from "./builder.ts";
import { BUILD_REPORT, printBuildReport, readBuildReport } from "./report.ts";
import { judgeSizes, requireSizes, type SizeVerdict } from "./sizes.ts";
import type { BuildPlan, BuiltPackage, PlannedPackage } from "./types.ts";

/** How packages are built. */
export interface BuildOptions {
  /** Absolute path of the directory that distributions go to. */
  readonly dist: string;
  readonly limits: SizeLimits;
  /** Whether files may come near to what the index accepts. */
  readonly allowLarge?: boolean;
  /** How many packages are built beside each other. */
  readonly jobs?: number;
  readonly builder?: Builder;
  readonly report?: Reporter;
  readonly signal?: AbortSignal;
}

/** What a build made. */
export interface BuildResult {
  readonly packages: readonly BuiltPackage[];
  readonly sizes: readonly SizeVerdict[];
  /** Names of files that were not there before with the same content. */
  readonly written: readonly string[];
}

/** What staging directories in `dist` begin with. */
export const STAGING_PREFIX = ".comfydock-build-";
const PROGRESS = "build";

/**
 * Builds packages level by level. What is made stands in a directory of its own until all of it is, and is removed when
 * anything fails; files that are there already with the same content are not touched.
 *
 * @throws `E_SIZE_LIMIT`, `E_BUILD_FAILED`, `TOOL_FAILED`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function buildPackages(
  { packages }: BuildPlan,
  options: BuildOptions,
): Promise<BuildResult> {
  const { dist, limits, allowLarge = false, report = silentReporter } = options;
  const staging = await makeStaging(dist);
  const total = packages.length;
  report.emit({ kind: "started", id: PROGRESS, label: "Building", total, unit: "items" });
  try {
    const built: BuiltPackage[] = [];
    for (const level of [...new Set(packages.map((one) => one.level))].sort((a, b) => a - b)) {
      const members = packages.filter((one) => one.level === level);
      built.push(...await buildLevel(members, staging, options));
    }
    const sizes = judgeSizes(built, limits);
    requireSizes(sizes, allowLarge);
    const written: string[] = [];
    for (const file of built.flatMap(({ files }) => files)) {
      if (await moveIfNew(file, staging, dist)) written.push(file.file);
    }
    if (await writeReport(dist, built)) written.push(BUILD_REPORT);
    return { packages: built, sizes, written };
  } finally {
    await Deno.remove(staging, { recursive: true });
    report.emit({ kind: "finished", id: PROGRESS });
  }
}

async function buildLevel(
  members: readonly PlannedPackage[],
  staging: string,
  { builder = nativeBuilder, jobs = 1, report = silentReporter, signal }: BuildOptions,
): Promise<readonly BuiltPackage[]> {
  const build = async (planned: PlannedPackage): Promise<BuiltPackage> => {
    const { package: { id, name }, version, level } = planned;
    const files = await builder(planned, staging, signal);
    report.emit({ kind: "advanced", id: PROGRESS, by: 1 });
    return { id, name, version, level, files };
  };
  return await Array.fromAsync(mapConcurrent(members, build, { limit: jobs, signal }));
}

async function makeStaging(dist: string): Promise<string> {
  try {
    await Deno.mkdir(dist, { recursive: true });
    return await Deno.makeTempDir({ dir: dist, prefix: STAGING_PREFIX });
  } catch (error) {
    throw fileError("Cannot write", dist, error);
  }
}

async function moveIfNew(
  { file, sha256 }: WrittenFile,
  staging: string,
  dist: string,
): Promise<boolean> {
  const target = join(dist, file);
  if (await exists(target) && await digestOf(target) === sha256) return false;
  try {
    await Deno.rename(join(staging, file), target);
    return true;
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}

/** Packages of earlier builds stay in the report as long as their files are there. */
async function writeReport(dist: string, built: readonly BuiltPackage[]): Promise<boolean> {
  const before = await readBuildReport(dist);
  const kept: BuiltPackage[] = [];
  for (const one of before) {
    const again = built.some(({ id }) => id === one.id);
    const there = await Promise.all(one.files.map(({ file }) => exists(join(dist, file))));
    if (!again && there.every(Boolean)) kept.push(one);
  }
  const all = [...kept, ...built].sort((left, right) =>
    left.level - right.level || (left.id < right.id ? -1 : 1)
  );
  const text = printBuildReport(all);
  if (text === printBuildReport(before)) return false;
  await writeFileAtomic(join(dist, BUILD_REPORT), text);
  return true;
}
