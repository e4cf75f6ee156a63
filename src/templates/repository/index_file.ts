import { type Finding, type Reading } from "../findings/mod.ts";
import type {
  TemplateCategory,
  TemplateEntry,
  TemplateFile,
  TemplateIndex,
  TemplateLogo,
} from "../types.ts";
import type { RepositoryConfig } from "./config.ts";
import type { RepositoryFiles } from "./files.ts";
import { type JsonDocument, readJsonDocument, wrongShape } from "./json_document.ts";
import { isRecord, ObjectReader } from "./shapes.ts";

/** Names that look like those of translations, and are none (`index.schema.json`, `index.mcp.json`). */
const NO_LOCALES = new Set(["schema", "mcp"]);

/**
 * Reads an index file as far as its shape allows.
 *
 * @param locale Such as `zh-TW`, for a translation.
 */
export function readIndex(document: JsonDocument, locale?: string): Reading<TemplateIndex> {
  const findings: Finding[] = [];
  const categories: TemplateCategory[] = [];
  const list = Array.isArray(document.value) ? document.value : [];
  if (!Array.isArray(document.value)) {
    findings.push(wrongShape(document, [], "a list of categories"));
  }
  for (const [at, raw] of list.entries()) {
    if (isRecord(raw)) {
      categories.push(readCategory(new ObjectReader(document, raw, [at], findings)));
    } else findings.push(wrongShape(document, [at], "an object"));
  }
  const templates = categories.flatMap((category) => category.templates);
  return { value: { document, locale, categories, templates }, findings };
}

/**
 * The paths of the translations of the index, by locale.
 *
 * @returns In the order of the configuration, else of their names; the files need not be there.
 */
export async function localeFiles(
  files: RepositoryFiles,
  { index, locales }: RepositoryConfig,
): Promise<ReadonlyMap<string, string>> {
  const stem = index.replace(/\.json$/, "");
  if (locales) return new Map(locales.map((locale) => [locale, `${stem}.${locale}.json`]));
  const directory = stem.includes("/") ? stem.slice(0, stem.lastIndexOf("/")) : ".";
  const found = (await files.list(directory)).flatMap((path): [string, string][] => {
    if (!path.startsWith(`${stem}.`)) return [];
    const locale = /^([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\.json$/.exec(path.slice(stem.length + 1))
      ?.[1];
    return locale === undefined || NO_LOCALES.has(locale) ? [] : [[locale, path]];
  });
  return new Map(found);
}

/**
 * Reads the index and its translations.
 *
 * @returns Without an index where there is none; what is wrong with any of the files is among the findings.
 */
export async function readIndexes(
  files: RepositoryFiles,
  config: RepositoryConfig,
): Promise<
  Reading<{ readonly index?: TemplateIndex; readonly locales: readonly TemplateIndex[] }>
> {
  const findings: Finding[] = [];
  const read = async (path: string, locale?: string) => {
    const { value: document, findings: problems } = await readJsonDocument(files, path);
    findings.push(...problems);
    if (!document) return undefined;
    const { value, findings: faults } = readIndex(document, locale);
    findings.push(...faults);
    return value;
  };
  const index = await read(config.index);
  const locales: TemplateIndex[] = [];
  for (const [locale, path] of await localeFiles(files, config)) {
    const translated = await read(path, locale);
    if (translated) locales.push(translated);
  }
  return { value: { index, locales }, findings };
}

function readCategory(reader: ObjectReader): TemplateCategory {
  return {
    moduleName: reader.required("moduleName"),
    title: reader.required("title"),
    type: reader.text("type"),
    category: reader.text("category"),
    isEssential: reader.flag("isEssential") ?? false,
    templates: reader.objects("templates").map(readEntry),
    raw: reader.raw,
    at: reader.at,
  };
}

function readEntry(reader: ObjectReader): TemplateEntry {
  const io = reader.below("io");
  return {
    name: reader.required("name"),
    title: reader.text("title"),
    description: reader.text("description"),
    mediaType: reader.text("mediaType"),
    mediaSubtype: reader.text("mediaSubtype"),
    thumbnailVariant: reader.text("thumbnailVariant"),
    thumbnail: reader.texts("thumbnail"),
    tags: reader.texts("tags"),
    models: reader.texts("models"),
    date: reader.text("date"),
    size: reader.number("size"),
    usage: reader.number("usage"),
    status: reader.text("status"),
    tutorialUrl: reader.text("tutorialUrl"),
    openSource: reader.flag("openSource"),
    isApp: reader.flag("isApp"),
    minComfyUIVersion: reader.text("minComfyUIVersion"),
    requiresCustomNodes: reader.texts("requiresCustomNodes"),
    includeOnDistributions: reader.texts("includeOnDistributions"),
    logos: reader.objects("logos").map(readLogo),
    inputs: io?.objects("inputs").map(readFile) ?? [],
    outputs: io?.objects("outputs").map(readFile) ?? [],
    raw: reader.raw,
    at: reader.at,
  };
}

function readLogo(reader: ObjectReader): TemplateLogo {
  const { provider } = reader.raw;
  const providers = Array.isArray(provider)
    ? reader.texts("provider")
    : [reader.required("provider")];
  return { providers, raw: reader.raw };
}

function readFile(reader: ObjectReader): TemplateFile {
  return {
    nodeId: reader.number("nodeId"),
    nodeType: reader.text("nodeType"),
    file: reader.required("file"),
    mediaType: reader.text("mediaType"),
  };
}
