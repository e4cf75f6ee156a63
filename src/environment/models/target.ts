import { basename, join, relative } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { cleanFileName } from "../../http/mod.ts";
import { modelErrors, readModelFolders } from "../../models/mod.ts";
import { innerParts } from "../inner_path.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import { hasSameDigest } from "./plan_add.ts";
import { modelPath } from "./places.ts";
import type { EnvironmentWorld } from "../types.ts";

/**
 * The place that the manifest gives a file with one of these digests already.
 *
 * @param digests In hex by algorithm.
 */
export function knownTarget(
  { models: directory }: Pick<EnvironmentWorld, "models">,
  { models }: Pick<Manifest, "models">,
  digests: Readonly<Record<string, string>>,
): string | undefined {
  const known = Object.values(models).find((model) => hasSameDigest(model, digests));
  return known?.localPath === undefined ? undefined : modelPath(directory, known.localPath);
}

/**
 * Names where a model goes: below the directory of models, into one of ComfyUI's folders.
 *
 * @param name The file name that it has where it is.
 * @param offered The folder that its source tells.
 * @throws `MODEL_FOLDER_NEEDED`, `MODEL_OUTSIDE`, `MODEL_NAMED_OTHERWISE`
 */
export async function targetFor(
  { models }: Pick<EnvironmentWorld, "models">,
  { as, folder: asked }: { readonly as?: string; readonly folder?: string },
  name: string,
  offered: string | undefined,
): Promise<string> {
  const folders = await readModelFolders();
  const folder = asked?.replaceAll("\\", "/").replace(/^models\/|\/+$/g, "") ?? offered;
  if (folder === undefined) {
    const known = folders.folders.map((each) => each.name).slice(0, 8).join(", ");
    throw new ComfydockError(
      modelErrors.MODEL_FOLDER_NEEDED,
      `Cannot tell which folder "${name}" belongs to`,
      { hint: `Name it with --folder, such as ${known}`, details: { name } },
    );
  }
  const isModel = (file: string) => folders.isModelFile(file, folders.canonical(folder));
  const extension = /\.[a-z0-9]{1,12}$/i.exec(name)?.[0] ?? "";
  const file = as === undefined ? name : cleanFileName(
    as.toLowerCase().endsWith(extension.toLowerCase()) || isModel(as) ? as : as + extension,
  );
  const parts = innerParts(folder);
  if (parts === undefined || file === undefined || (as !== undefined && /[\\/]/.test(as))) {
    throw new ComfydockError(
      modelErrors.MODEL_OUTSIDE,
      `Cannot put "${as ?? name}" into "${folder}": that is no place below the directory of models`,
      { hint: "Use --folder loras/styles --as name.safetensors", details: { folder, as } },
    );
  }
  const [first = "", ...rest] = parts;
  const target = join(models, folders.canonical(first), ...rest, file);
  await refuseOtherKind({ models }, target);
  return target;
}

/**
 * Refuses a file whose name no model has: ComfyUI would not show it, and no scan would find it.
 *
 * @param path Absolute, below the directory of models.
 * @throws `MODEL_NAMED_OTHERWISE`
 */
export async function refuseOtherKind(
  { models }: Pick<EnvironmentWorld, "models">,
  path: string,
): Promise<void> {
  const { folderOf, isModelFile, extensions } = await readModelFolders();
  const name = basename(path);
  if (isModelFile(name, folderOf(relative(models, path).replaceAll("\\", "/")))) return;
  throw new ComfydockError(
    modelErrors.MODEL_NAMED_OTHERWISE,
    `Cannot take "${name}" for a model: no model file is named like that`,
    {
      hint: `Models end with ${extensions.slice(0, 8).join(", ")} and the like; ` +
        "if it is one, name it so with --as, such as --as name.safetensors",
      details: { path, name },
    },
  );
}
