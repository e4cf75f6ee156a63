import { type JsonRecord, readList, readRecord } from "../../base/mod.ts";
import type { ModelFolders } from "../folders/mod.ts";
import type { KnownModel } from "../types.ts";

/** ComfyUI-Manager's kinds where its list leaves the folder to them. */
const FOLDERS_BY_TYPE: Readonly<Record<string, string>> = {
  checkpoint: "checkpoints",
  clip: "text_encoders",
  clip_vision: "clip_vision",
  controlnet: "controlnet",
  diffusion_model: "diffusion_models",
  embedding: "embeddings",
  gligen: "gligen",
  lora: "loras",
  unet: "diffusion_models",
  upscale: "upscale_models",
  vae: "vae",
};
const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
const DEEPEST = 40;

/**
 * Makes the list of known models from ComfyUI-Manager's `model-list.json` and from workflow templates.
 *
 * A template's `properties.models` adds addresses to the entry with the same file name in the same folder. What names no
 * single model file is left out.
 *
 * @param manager The content of `model-list.json`.
 * @param templates The workflows, in any order.
 * @returns Sorted by name and folder; equal input gives an equal list.
 * @throws `DATA_INVALID`
 */
export function buildKnownModels(
  manager: unknown,
  templates: Iterable<unknown>,
  folders: ModelFolders,
): readonly KnownModel[] {
  const list = readList(readRecord(manager, "$").models, "$.models");
  const entries = new Map<string, KnownModel>();
  for (
    const entry of [
      ...list.map((value, at) => fromManager(readRecord(value, `$.models[${at}]`), folders)),
      ...[...templates].flatMap((template) => [...modelsIn(template, folders, 0)]),
    ]
  ) {
    if (!entry || !folders.isModelFile(entry.name)) continue;
    // Equal names of different makers are different models; templates do not say the maker.
    const key = `${entry.name}\0${entry.folder}`;
    const rival = entries.get(key);
    if (!rival) entries.set(key, entry);
    else if (!isOther(rival, entry)) entries.set(key, merge(rival, entry));
    else entries.set(`${key}\0${entry.base ?? ""}\0${entry.sha256 ?? ""}`, entry);
  }
  return [...entries.values()].sort((one, other) =>
    compare(one.name, other.name) || compare(one.folder, other.folder) ||
    compare(one.urls[0] ?? "", other.urls[0] ?? "")
  );
}

function fromManager(entry: JsonRecord, folders: ModelFolders): KnownModel | undefined {
  const { filename, url, save_path: saved, type, base, size } = entry;
  if (typeof filename !== "string" || typeof url !== "string" || typeof saved !== "string") return;
  // Whole repositories have no file to look for.
  if (!/^https?:\/\//.test(url) || filename.startsWith("<")) return;
  const kind = typeof type === "string" ? type.toLowerCase() : "";
  const folder = saved === "default" ? FOLDERS_BY_TYPE[kind] : canonicalPath(saved, folders);
  const bytes = typeof size === "string" ? sizeOf(size) : undefined;
  if (folder === undefined) return;
  return {
    name: filename,
    folder,
    urls: [tidyUrl(url)],
    ...(typeof base === "string" && base !== "" && { base }),
    ...(bytes !== undefined && { size: bytes }),
  };
}

function* modelsIn(value: unknown, folders: ModelFolders, depth: number): Generator<KnownModel> {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* modelsIn(item, folders, depth + 1);
    return;
  }
  const record = value as JsonRecord;
  if (Array.isArray(record.models)) {
    yield* record.models.flatMap((model) => fromTemplate(model, folders));
  }
  for (const field of Object.values(record)) yield* modelsIn(field, folders, depth + 1);
}

function fromTemplate(value: unknown, folders: ModelFolders): readonly KnownModel[] {
  if (typeof value !== "object" || value === null) return [];
  const { name, url, directory, hash, hash_type: kind } = value as JsonRecord;
  if (typeof name !== "string" || typeof url !== "string" || typeof directory !== "string") {
    return [];
  }
  if (!/^https?:\/\//.test(url)) return [];
  const isSha256 = typeof hash === "string" && /^[0-9a-f]{64}$/i.test(hash) &&
    /^sha-?256$/i.test(String(kind));
  return [{
    name: name.split("/").at(-1)!,
    folder: canonicalPath(directory, folders),
    urls: [tidyUrl(url)],
    template: true,
    ...(isSha256 && { sha256: hash.toLowerCase() }),
  }];
}

/** Whether two entries of one name and folder are different models. */
function isOther(one: KnownModel, other: KnownModel): boolean {
  const differ = <Value>(a: Value | undefined, b: Value | undefined) =>
    a !== undefined && b !== undefined && a !== b;
  return differ(one.base, other.base) || differ(one.sha256, other.sha256) ||
    differ(one.size, other.size);
}

function merge(one: KnownModel, other: KnownModel): KnownModel {
  const urls = [...new Set([...one.urls, ...other.urls])];
  return {
    ...other,
    ...one,
    urls: one.template || other.template ? urls.sort() : urls,
    ...(other.template && { template: true }),
  };
}

function canonicalPath(path: string, folders: ModelFolders): string {
  const [first = "", ...rest] = path.replaceAll("\\", "/").replace(/^models\//, "").split("/");
  return [folders.canonical(first), ...rest].filter((part) => part !== "").join("/");
}

/** Pages of Hugging Face become the files that they show. */
function tidyUrl(url: string): string {
  return url.replace(/^(https:\/\/huggingface\.co\/[^?]+?)\/blob\//, "$1/resolve/")
    .replace(/\?download=true$/, "");
}

/** Bytes of a text such as `4.71MB`. */
function sizeOf(text: string): number | undefined {
  const [, number, unit] = /^([\d.]+)\s*([KMGT]?B)$/i.exec(text.trim()) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit.toUpperCase()];
  return factor === undefined ? undefined : Math.round(Number(number) * factor);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
