import type { JsonRecord } from "../../base/mod.ts";
import type { JsonPath } from "../../workflows/json/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import type { TemplateEntry, TemplateIndex } from "../types.ts";
import type { CheckFacts } from "./types.ts";

const TRANSLATED = new Set(["title", "description", "tags"]);
const TRANSLATED_OF_CATEGORIES = new Set(["title", "category", "templates"]);
const NAMES_SHOWN = 5;

/** Checks translations against the index that they follow. */
export function checkLocales({ index, locales }: CheckFacts): readonly Finding[] {
  return index ? locales.flatMap((locale) => checkLocale(index, locale)) : [];
}

function checkLocale(index: TemplateIndex, locale: TemplateIndex): readonly Finding[] {
  const { document } = locale;
  const translated = new Map(locale.templates.map((entry) => [entry.name, entry]));
  const names = new Set(index.templates.map(({ name }) => name));
  const missing = index.templates.filter(({ name }) => !translated.has(name)).map(({ name }) =>
    finding("E_LOCALE_MISSING", { file: document.path }, `There is no template "${name}"`, {
      details: { id: name },
    })
  );
  const extra = locale.templates.filter(({ name }) => !names.has(name)).map(({ name, at }) =>
    finding(
      "E_LOCALE_EXTRA",
      placeIn(document, [...at, "name"]),
      `The index does not have the template "${name}"`,
      { details: { id: name } },
    )
  );
  const drift = index.templates.flatMap((entry) => {
    const other = translated.get(entry.name);
    return other ? entryDrift(locale, entry, other) : [];
  });
  return [
    ...missing,
    ...extra,
    ...categories(index, locale),
    ...drift,
    ...untranslated(index, locale),
  ];
}

function categories(
  index: TemplateIndex,
  { document, categories }: TemplateIndex,
): readonly Finding[] {
  if (index.categories.length !== categories.length) {
    const fewer = categories.length < index.categories.length;
    return [
      finding(
        fewer ? "E_LOCALE_MISSING" : "E_LOCALE_EXTRA",
        { file: document.path },
        `There are ${categories.length} categories, and ${index.categories.length} in the index`,
      ),
    ];
  }
  return index.categories.flatMap(({ raw }, at) => {
    const other = categories[at]!;
    return fieldDrift(raw, other.raw, TRANSLATED_OF_CATEGORIES).map((field) =>
      driftFinding(document, [...other.at, field], field, `category ${at + 1}`, raw, other.raw)
    );
  });
}

function entryDrift(
  { document }: TemplateIndex,
  { raw, name, tags }: TemplateEntry,
  other: TemplateEntry,
): readonly Finding[] {
  const fields = fieldDrift(raw, other.raw, TRANSLATED);
  const found = fields.map((field) =>
    driftFinding(document, [...other.at, field], field, `template "${name}"`, raw, other.raw)
  );
  if (tags.length === other.tags.length) return found;
  return [
    ...found,
    finding(
      "E_LOCALE_DRIFT",
      placeIn(document, [...other.at, "tags"]),
      `Template "${name}" has ${other.tags.length} tags, and ${tags.length} in the index`,
      { hint: "Translate the same tags in the same order" },
    ),
  ];
}

function driftFinding(
  document: TemplateIndex["document"],
  path: JsonPath,
  field: string,
  what: string,
  raw: JsonRecord,
  other: JsonRecord,
): Finding {
  return finding(
    "E_LOCALE_DRIFT",
    placeIn(document, path),
    `"${field}" of ${what} is ${shown(other[field])}, and ${shown(raw[field])} in the index`,
    { details: { field } },
  );
}

function fieldDrift(raw: JsonRecord, other: JsonRecord, translated: ReadonlySet<string>): string[] {
  const added = Object.keys(other).filter((field) => !Object.hasOwn(raw, field));
  return [...Object.keys(raw), ...added].filter((field) =>
    !translated.has(field) && !isSame(raw[field], other[field])
  );
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const areValues = typeof one === "object" && typeof other === "object";
  return areValues && JSON.stringify(one) === JSON.stringify(other);
}

function shown(value: unknown): string {
  const text = value === undefined ? "absent" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** One finding for a whole translation: many are done bit by bit. */
function untranslated(
  index: TemplateIndex,
  { document, locale, templates }: TemplateIndex,
): readonly Finding[] {
  const english = new Map(index.templates.map(({ name, description }) => [name, description]));
  const same = templates.filter(({ name, description = "" }) =>
    english.get(name) === description && /\p{L}/u.test(description)
  );
  const [first] = same;
  if (!first) return [];
  const names = same.map(({ name }) => name);
  const more = names.length > NAMES_SHOWN ? ` and ${names.length - NAMES_SHOWN} more` : "";
  return [
    finding(
      "W_UNTRANSLATED",
      placeIn(document, [...first.at, "description"]),
      `Not translated to "${locale}": ${names.slice(0, NAMES_SHOWN).join(", ")}${more}`,
      { hint: "Translate their descriptions", details: { locale, templates: names } },
    ),
  ];
}
