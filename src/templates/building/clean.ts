import { join } from "node:path";
import { exists, fileError } from "../../base/mod.ts";
import { digestOf } from "../wheels/mod.ts";
import { STAGING_PREFIX } from "./build.ts";
import { BUILD_REPORT, readBuildReport } from "./report.ts";

/** What cleaning removes, and what it leaves although a build made it. */
export interface CleanPlan {
  /** Names in the directory of distributions. */
  readonly remove: readonly string[];
  /** Files that were changed since they were built. */
  readonly changed: readonly string[];
}

/** Finds what builds left in a directory: files of the report that are still as they were built, and staging directories. */
export async function planClean(dist: string): Promise<CleanPlan> {
  if (!await exists(dist)) return { remove: [], changed: [] };
  const remove: string[] = [];
  const changed: string[] = [];
  for (const { file, sha256 } of (await readBuildReport(dist)).flatMap(({ files }) => files)) {
    const path = join(dist, file);
    if (!await exists(path)) continue;
    (await digestOf(path) === sha256 ? remove : changed).push(file);
  }
  try {
    for await (const { name, isDirectory } of Deno.readDir(dist)) {
      const staging = isDirectory && name.startsWith(STAGING_PREFIX);
      if (staging || (name === BUILD_REPORT && changed.length === 0)) remove.push(name);
    }
  } catch (error) {
    throw fileError("Cannot list", dist, error);
  }
  return { remove: remove.sort(), changed };
}

/** Removes what was planned. */
export async function applyClean(dist: string, { remove }: CleanPlan): Promise<void> {
  for (const name of remove) {
    const path = join(dist, name);
    try {
      await Deno.remove(path, { recursive: true });
    } catch (error) {
      throw fileError("Cannot remove", path, error);
    }
  }
}
