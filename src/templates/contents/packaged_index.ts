import { editDocument, whyExcluded } from "../repository/mod.ts";
import type { TemplateIndex } from "../types.ts";

/**
 * The text of an index file as packages carry it: without what they do not ship, and without categories left empty.
 *
 * @param excluded Ids that are left out; of a translation, those of the index that it follows.
 */
export function packagedIndexText(
  { document, categories }: TemplateIndex,
  excluded: { has(id: string): boolean },
): string {
  const edits = categories.toReversed().flatMap(({ templates, at }) => {
    const gone = templates.filter(({ name }) => excluded.has(name));
    const paths = gone.length > 0 && gone.length === templates.length
      ? [at]
      : gone.map((entry) => entry.at).toReversed();
    return paths.map((path) => ({ path, value: undefined }));
  });
  return editDocument(document, edits);
}

/** The ids that packages do not ship. */
export function excludedIds({ templates }: Pick<TemplateIndex, "templates">): ReadonlySet<string> {
  return new Set(templates.filter((entry) => whyExcluded(entry)).map(({ name }) => name));
}
