import { join } from "node:path";
import { lookAt, measureTrees } from "../../workspace/mod.ts";
import { logFiles } from "../run/places.ts";
import type { EnvironmentWorld } from "../types.ts";
import { type Keeper, surveyComfyUI } from "./survey_comfyui.ts";
import type { EnvironmentSurvey, KeptPath } from "./types.ts";

/** What nobody misses: made by programs, and made again by them. */
const SCRATCH = /^\.\.cec\..*\.tmp$/;

/**
 * Finds out what an environment holds that could not be had again; nothing is changed.
 *
 * @param options With `purge` nothing is kept, so nothing is looked for but logs.
 * @throws `FILE_UNREADABLE`, `TOOL_FAILED`, `INTERRUPTED`
 */
export async function surveyEnvironment(
  world: EnvironmentWorld,
  { purge }: { readonly purge: boolean },
): Promise<EnvironmentSurvey> {
  const { environment: { log } } = world;
  const logs: string[] = [];
  for (const path of logFiles(log)) if (await lookAt(path)) logs.push(path);
  return { kept: purge ? [] : await surveyFiles(world), logs };
}

async function surveyFiles(world: EnvironmentWorld): Promise<readonly KeptPath[]> {
  const { environment: { root }, signal } = world;
  const keepers: Keeper[] = [];
  for await (const { name } of Deno.readDir(root)) {
    if (name === ".venv" || SCRATCH.test(name)) continue;
    if (name === ".cec") keepers.push([name, "history"]);
    else if (name === "ComfyUI") keepers.push(...await surveyComfyUI(world));
    else keepers.push([name, "made"]);
  }
  const kept: KeptPath[] = [];
  for (const [path, reason] of keepers.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const size = await measureTrees([join(root, path)], signal);
    // Empty directories are worth nothing.
    if (size.files > 0) kept.push({ path, reason, ...size });
  }
  return kept;
}
