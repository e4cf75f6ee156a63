import { dirname } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import { foldDirectory } from "../nodes/disk/mod.ts";
import { convertLegacyManifest, type Manifest, readManifest } from "../pyproject/mod.ts";
import { invalidBundle } from "./faults.ts";
import { COMFYUI_BUNDLE, modelPlace, packedDirectory } from "./places.ts";
import type { BundleContent, BundleFile, BundleIndex } from "./types.ts";
import { checkWheels } from "./wheels/check.ts";

/**
 * Reads what an environment is from its small files, and sees that all further files belong to it.
 *
 * @param texts The small files by their paths.
 * @param listed The further files.
 * @param where What messages call it.
 * @throws `BUNDLE_INVALID`, `MANIFEST_INVALID`, `MANIFEST_SCHEMA_NEWER`
 */
export function readContent(
  texts: ReadonlyMap<string, Uint8Array>,
  listed: readonly BundleFile[],
  where: string,
  index?: BundleIndex,
): BundleContent {
  const text = textOf(texts, "pyproject.toml", where);
  if (text === undefined) throw invalidBundle(where, "it holds no pyproject.toml");
  const name = `${where}: pyproject.toml`;
  const manifestText = convertLegacyManifest(text, readManifest(text, name), name);
  const manifest = readManifest(manifestText, name);
  const files = new Map(
    [...texts].filter(([path]) =>
      /^(?:\.python-version|\.comfydockignore|workflows\/.+)$/su.test(path)
    ),
  );
  for (const { key, file } of Object.values(manifest.workflows)) {
    if (index && !files.has(file)) {
      throw invalidBundle(where, `the workflow "${key}" has no file "${file}"`, file);
    }
  }
  const lockText = textOf(texts, "uv.lock", where);
  return {
    index,
    manifestText,
    manifest,
    lockText,
    files,
    nodes: nodesOf(manifest, listed, where),
    models: modelsOf(manifest, listed, where),
    comfyui: comfyuiOf(listed, where),
    wheels: checkWheels(
      { lockText, python: manifest.environment.pythonVersion },
      listed.filter(({ path }) => path.startsWith("wheels/")),
      where,
    ),
  };
}

function comfyuiOf(listed: readonly BundleFile[], where: string): BundleFile | undefined {
  const [file, more] = listed.filter(({ path }) => path.startsWith("comfyui/"));
  const wrong = more ?? (file?.path === COMFYUI_BUNDLE ? undefined : file);
  if (wrong) throw invalidBundle(where, `"${wrong.path}" has no place in a bundle`, wrong.path);
  return file;
}

function textOf(
  texts: ReadonlyMap<string, Uint8Array>,
  path: string,
  where: string,
): string | undefined {
  const bytes = texts.get(path);
  if (!bytes) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof ComfydockError) throw error;
    throw invalidBundle(where, `${path} is no UTF-8`, path);
  }
}

function nodesOf(
  { nodes }: Manifest,
  listed: readonly BundleFile[],
  where: string,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const node of Object.values(nodes)) {
    const name = foldDirectory(packedDirectory(node));
    const other = ids.get(name);
    if (other !== undefined) {
      throw invalidBundle(where, `the node packs ${other} and ${node.id} have one directory`);
    }
    ids.set(name, node.id);
  }
  const found = new Map<string, string>();
  for (const { path } of listed) {
    const [top, directory = ""] = path.split("/");
    if (top !== "nodes") continue;
    const id = ids.get(foldDirectory(directory));
    if (id === undefined) {
      throw invalidBundle(where, `"${dirname(path)}" is of no node pack of its manifest`, path);
    }
    found.set(id, directory);
  }
  return found;
}

function modelsOf(
  { models }: Manifest,
  listed: readonly BundleFile[],
  where: string,
): ReadonlyMap<string, BundleFile> {
  const keys = new Map(
    Object.values(models).flatMap(({ localPath, key }) =>
      localPath === undefined ? [] : [[modelPlace(localPath), key] as const]
    ),
  );
  const found = new Map<string, BundleFile>();
  for (const file of listed) {
    if (!file.path.startsWith("models/")) continue;
    const key = keys.get(modelPlace(file.path));
    if (key === undefined) {
      throw invalidBundle(where, `"${file.path}" is no model of its manifest`, file.path);
    }
    const { sha256 = file.sha256, size = file.size } = models[key]!;
    if (sha256 !== file.sha256 || size !== file.size) {
      throw invalidBundle(where, `"${file.path}" is not the model of its manifest`, file.path);
    }
    found.set(key, file);
  }
  return found;
}
