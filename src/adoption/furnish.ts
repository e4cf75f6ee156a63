import { basename, dirname, join } from "node:path";
import { readBytesBounded, writeFileAtomic } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/mod.ts";
import type { MadeFiles, TakeoverFinding } from "../environment/takeover/mod.ts";
import { type EnvironmentLayout, lookAt } from "../workspace/mod.ts";
import { renderModelPaths } from "./models.ts";
import { ownFiles } from "./plan.ts";
import type { Survey } from "./survey.ts";

/** The file in which ComfyUI looks for further directories of models. */
export const EXTRA_PATHS = "extra_model_paths.yaml";

const LARGEST_FILE = 16 * 1024 ** 2;

/**
 * Gives a new environment what no manifest has: packs of a single file, what packs made, and where the models are.
 *
 * @param staged Where the environment is built.
 * @returns What became of it.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function furnish(
  world: EnvironmentWorld,
  staged: EnvironmentLayout,
  survey: Survey,
  made: readonly MadeFiles[],
): Promise<readonly TakeoverFinding[]> {
  for (const each of made) await copyMade(each, staged);
  return [...await copyFiles(survey, staged), ...await listModels(world, survey, staged)];
}

async function copyFiles(
  survey: Survey,
  { customNodes }: EnvironmentLayout,
): Promise<readonly TakeoverFinding[]> {
  const findings: TakeoverFinding[] = [];
  for (const path of ownFiles(survey)) {
    const subject = basename(path);
    const target = join(customNodes, subject);
    // What comes with ComfyUI is there already.
    if (await lookAt(target)) continue;
    const info = await Deno.stat(path).catch(() => undefined);
    const fits = info?.isFile && info.size <= LARGEST_FILE;
    if (fits) await writeFileAtomic(target, await readBytesBounded(path, LARGEST_FILE));
    findings.push({
      part: "nodes",
      certainty: fits ? "exact" : "dropped",
      subject,
      message: fits
        ? "It is a single file, which is copied as it is"
        : "It is a single file, but too large or none that can be read",
    });
  }
  return findings;
}

async function copyMade(
  { directory, enabled, from, files }: MadeFiles,
  { customNodes }: EnvironmentLayout,
): Promise<void> {
  const above = enabled ? customNodes : join(customNodes, ".disabled");
  for (const file of files) {
    const target = join(above, directory, file);
    if (await lookAt(target)) continue;
    await Deno.mkdir(dirname(target), { recursive: true });
    await writeFileAtomic(target, await readBytesBounded(join(from, file), LARGEST_FILE));
  }
}

/** Tells the new ComfyUI where the models of the install are. */
async function listModels(
  { models }: EnvironmentWorld,
  survey: Survey,
  { comfyui }: EnvironmentLayout,
): Promise<readonly TakeoverFinding[]> {
  const own = await Deno.realPath(models).catch(() => models);
  const directories = survey.models.directories.filter(({ directory }) =>
    directory !== own && !directory.startsWith(join(own, "/"))
  );
  if (directories.length === 0) return [];
  const path = join(comfyui, EXTRA_PATHS);
  if (!await lookAt(path)) {
    await writeFileAtomic(path, renderModelPaths(directories));
    return [];
  }
  return [{
    part: "models",
    certainty: "dropped",
    subject: EXTRA_PATHS,
    message: "ComfyUI has one of comfydock's already, so the models have to be named by hand",
  }];
}
