import {
  optional,
  parseJsonText,
  readAssetText,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../base/mod.ts";
import { queryWords, scoreOf } from "../index/mod.ts";
import type { KnownModel } from "../types.ts";

/** The version of the shipped list's shape. */
export const KNOWN_MODELS_SCHEMA = 1;

/** Which models of the list count. */
export interface KnownFilter {
  /** Leaves models out, such as those that only the file under test names. */
  readonly except?: (model: KnownModel) => boolean;
}

const FILE = "data/known_models.json";
let text: Promise<string> | undefined;
let known: Promise<readonly KnownModel[]> | undefined;

/**
 * The shipped list: models that ComfyUI-Manager and ComfyUI's own templates name, sorted by name; read once in a process.
 *
 * @throws `INTERNAL`, `DATA_INVALID` when the shipped file is damaged.
 */
export function readKnownModels(): Promise<readonly KnownModel[]> {
  return known ??= readAll();
}

async function readAll(): Promise<readonly KnownModel[]> {
  const file = readRecord(parseJsonText(await (text ??= readAssetText(FILE)), FILE), "$");
  return readList(file.models, "$.models").map((value, at) => readModel(value, `$.models[${at}]`));
}

/** The models that may have all words, in lower case: the list has a line for each, and only those lines are parsed. */
async function modelsWith(words: readonly string[]): Promise<readonly KnownModel[]> {
  // What JSON writes in another way cannot be sought in its text.
  if (known || words.some((word) => /["\\]/.test(word))) return await readKnownModels();
  const lines = (await (text ??= readAssetText(FILE))).split("\n");
  return lines.flatMap((line, at) => {
    if (!line.startsWith('{"name":')) return [];
    const folded = line.toLowerCase();
    if (!words.every((word) => folded.includes(word))) return [];
    return [readModel(parseJsonText(line.replace(/,$/, ""), FILE), `${FILE}:${at + 1}`)];
  });
}

function readModel(value: unknown, path: string): KnownModel {
  const record = readRecord(value, path);
  const text = (name: string) => optional(record[name], `${path}.${name}`, readText);
  return {
    name: readText(record.name, `${path}.name`),
    folder: readText(record.folder, `${path}.folder`),
    urls: readList(record.urls, `${path}.urls`).map((url) => readText(url, `${path}.urls`)),
    base: text("base"),
    size: optional(record.size, `${path}.size`, readNumber),
    template: optional(record.template, `${path}.template`, readBoolean),
    sha256: text("sha256"),
  };
}

/** The known models with a file name; case does not matter. */
export async function knownByName(
  name: string,
  { except = () => false }: KnownFilter = {},
): Promise<readonly KnownModel[]> {
  const wanted = name.toLowerCase();
  const models = await modelsWith([wanted]);
  return models.filter((model) => model.name.toLowerCase() === wanted && !except(model));
}

/**
 * Searches the known models: every word of the query is in the name, the folder or the base model.
 *
 * @param limit How many at most, the best first.
 */
export async function searchKnown(
  query: string,
  limit: number,
  { except = () => false }: KnownFilter = {},
): Promise<readonly KnownModel[]> {
  const words = queryWords(query);
  if (words.length === 0) return [];
  const models = await modelsWith(words);
  return models.flatMap((model) => {
    const { name, folder, base = "" } = model;
    const text = `${name} ${folder} ${base}`.toLowerCase();
    const fits = words.every((word) => text.includes(word)) && !except(model);
    return fits ? [{ model, score: scoreOf(name, query, words) }] : [];
  }).sort((one, other) => other.score - one.score).slice(0, limit).map(({ model }) => model);
}
