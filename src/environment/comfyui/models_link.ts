import { basename, join } from "node:path";
import { fileError, type Reporter, writeFileAtomic } from "../../base/mod.ts";
import { readModelFolders } from "../../models/folders/mod.ts";
import { linkDirectory, lookAt, removeTree } from "../../workspace/mod.ts";
import { modelsListPath, removeModelsList, writeModelsList } from "./models_list.ts";

/** How ComfyUI finds the models of the workspace. */
export type ModelsLink =
  /** `models` is a link to them. */
  | "linked"
  /** `extra_model_paths.yaml` names them, because a link was not possible. */
  | "listed";

/** How links are made; tests bring one that cannot. */
export interface LinkOptions {
  readonly link?: (path: string, target: string) => Promise<unknown>;
}

const SMALL_FILE = 1024 ** 2;

/**
 * Lets a ComfyUI use the models of the workspace.
 *
 * The small files that come with ComfyUI are copied over first. A directory that holds a model, or anything large, is
 * never replaced; then, and where links are not allowed, `extra_model_paths.yaml` is written.
 *
 * @param models Absolute path of the directory of models; made when missing.
 * @param comfyui The working copy.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function linkModels(
  models: string,
  comfyui: string,
  report: Reporter,
  { link = linkDirectory }: LinkOptions = {},
): Promise<ModelsLink> {
  const path = join(comfyui, "models");
  const info = await lookAt(path);
  const content = info && !info.isSymlink ? await takeOver(path, models) : [];
  if (content.length === 0) {
    if (info && !info.isSymlink) await removeTree(path);
    try {
      await link(path, models);
      await removeModelsList(models, comfyui);
      return "linked";
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      warn(report, `ComfyUI's models are not a link to "${models}": ${why}`);
      await Deno.mkdir(path, { recursive: true });
    }
  } else {
    warn(report, `"${path}" stays as it is, because it holds "${content[0]}"`);
  }
  if (await writeModelsList(models, comfyui) === "theirs") {
    warn(report, `"${modelsListPath(comfyui)}" is yours and stays; name "${models}" in it`);
  }
  return "listed";
}

function warn(report: Reporter, message: string): void {
  report.emit({ kind: "warned", code: "MODELS_NOT_LINKED", message });
}

/** Copies what is missing over, and returns what only the directory has. */
async function takeOver(from: string, to: string): Promise<readonly string[]> {
  await makeDirectory(to);
  const kept: string[] = [];
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) kept.push(...await takeOver(source, target));
    else if (isSymlink || !await isCopied(source, target)) kept.push(source);
  }
  return kept;
}

async function isCopied(source: string, target: string): Promise<boolean> {
  const { size } = await Deno.lstat(source);
  const { isModelFile } = await readModelFolders();
  if (size > SMALL_FILE || isModelFile(basename(source))) return false;
  const bytes = await Deno.readFile(source);
  const there = await lookAt(target);
  if (!there) await writeFileAtomic(target, bytes);
  // Placeholders differ between versions of ComfyUI; nobody misses one.
  if (!there || /^(put_|\.gitkeep)/.test(basename(source))) return true;
  if (!there.isFile || there.size !== size) return false;
  const other = await Deno.readFile(target);
  return bytes.every((byte, at) => byte === other[at]);
}

async function makeDirectory(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (error) {
    throw fileError("Cannot create", path, error);
  }
}
