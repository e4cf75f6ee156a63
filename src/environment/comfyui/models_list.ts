import { join } from "node:path";
import { readTextBounded, writeFileAtomic } from "../../base/mod.ts";
import { lookAt } from "../../workspace/mod.ts";

/** Whose an `extra_model_paths.yaml` is, and whether it is up to date. */
export type ModelsList = "missing" | "current" | "outdated" | "theirs";

const MARK = "# Written by comfydock; take this line out to keep changes of your own";
const MAX_LIST_BYTES = 1024 ** 2;

/** The file in which ComfyUI looks for further directories of models. */
export function modelsListPath(comfyui: string): string {
  return join(comfyui, "extra_model_paths.yaml");
}

/**
 * Compares ComfyUI's list of directories with what it should be.
 *
 * @param models Absolute path of the directory of models.
 * @param comfyui The working copy.
 */
export async function readModelsList(models: string, comfyui: string): Promise<ModelsList> {
  const path = modelsListPath(comfyui);
  if (!await lookAt(path)) return "missing";
  const text = await readTextBounded(path, MAX_LIST_BYTES);
  if (!text.startsWith(MARK)) return "theirs";
  return text === await expectedList(models, comfyui) ? "current" : "outdated";
}

/** Writes ComfyUI's list of directories, unless somebody else did, and returns whose it was. */
export async function writeModelsList(models: string, comfyui: string): Promise<ModelsList> {
  const before = await readModelsList(models, comfyui);
  if (before === "missing" || before === "outdated") {
    await writeFileAtomic(modelsListPath(comfyui), await expectedList(models, comfyui));
  }
  return before;
}

/** Removes the list again, where comfydock wrote it: a link has taken its place. */
export async function removeModelsList(models: string, comfyui: string): Promise<void> {
  const found = await readModelsList(models, comfyui);
  if (found === "current" || found === "outdated") await Deno.remove(modelsListPath(comfyui));
}

async function expectedList(models: string, comfyui: string): Promise<string> {
  const names = new Set([
    ...await directoriesIn(models),
    ...await directoriesIn(join(comfyui, "models")),
  ]);
  // A text in JSON is one in YAML, too.
  const lines = [...names].sort().map((name) =>
    `  ${JSON.stringify(name)}: ${JSON.stringify(name)}`
  );
  const head = [MARK, "comfydock:", `  base_path: ${JSON.stringify(models)}`];
  return [...head, ...lines, ""].join("\n");
}

async function directoriesIn(path: string): Promise<readonly string[]> {
  if (!await lookAt(path)) return [];
  const entries = await Array.fromAsync(Deno.readDir(path));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
}
