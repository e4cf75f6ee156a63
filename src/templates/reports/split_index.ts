import { isId } from "../repository/mod.ts";
import type { TemplateIndex } from "../types.ts";

/** What a gallery needs to show a template; all else can wait until somebody looks at one. */
const LIGHT = [
  ...["name", "title", "description", "mediaType", "mediaSubtype", "thumbnailVariant"],
  ...["tags", "models", "date", "usage", "searchRank", "openSource", "isApp", "status"],
  ...["minComfyUIVersion", "includeOnDistributions", "requiresCustomNodes"],
];

/** A file of a split index. */
export interface SplitFile {
  /** Below the directory that it goes to. */
  readonly name: string;
  readonly text: string;
}

/**
 * Splits an index: a light one without what only the page of a template shows, and a file of details for each template.
 *
 * A translation gets a light index alone, as details are not translated.
 */
export function splitIndex(index: TemplateIndex): readonly SplitFile[] {
  const suffix = index.locale === undefined ? "" : `.${index.locale}`;
  const light = index.categories.map(({ raw, templates }) => ({
    ...raw,
    templates: templates.map((entry) =>
      Object.fromEntries(LIGHT.flatMap((key) => key in entry.raw ? [[key, entry.raw[key]]] : []))
    ),
  }));
  const details = index.locale === undefined
    ? index.templates.filter(({ name }) => isId(name)).map(({ name, raw }) => ({
      name: `details/${name}.json`,
      text: `${JSON.stringify(raw)}\n`,
    }))
    : [];
  return [{ name: `index.light${suffix}.json`, text: `${JSON.stringify(light)}\n` }, ...details];
}
