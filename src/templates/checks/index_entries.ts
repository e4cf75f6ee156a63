import type { JsonPath } from "../../workflows/json/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import type { TemplateIndex } from "../types.ts";
import type { CheckedIndex, CheckFacts } from "./types.ts";

/** Checks the index against its schema and against the workflows that there are. */
export function checkIndex(facts: CheckFacts): readonly Finding[] {
  const { index, repository: { bundles }, workflows } = facts;
  if (!index) return [];
  const names = new Set(index.templates.map(({ name }) => name));
  return [
    ...schemaFindings(facts),
    ...duplicateNames(index),
    ...missingWorkflows(facts, index),
    ...[...workflows.values()].filter(({ id }) => bundles.bundleOf.has(id) && !names.has(id))
      .map(({ id, path }) =>
        finding("W_NOT_IN_INDEX", { file: path }, `The index does not name "${id}"`, {
          details: { id },
        })
      ),
    ...[index, ...facts.locales].flatMap(blanks),
  ];
}

function schemaFindings({ indexes }: CheckFacts): readonly Finding[] {
  const [english] = indexes;
  const known = new Set(english?.faults.map((fault) => keyOf(english.index, fault.path)));
  return indexes.flatMap((checked) =>
    checked.faults
      // What is copied into every translation is told once.
      .filter(({ path }) => checked === english || !known.has(keyOf(checked.index, path)))
      .map((fault) => schemaFinding(checked, fault))
  );
}

function schemaFinding(
  { index }: CheckedIndex,
  { path, message, keyword }: CheckedIndex["faults"][number],
): Finding {
  const category = index.categories.find(({ at }) => at[0] === path[0]);
  const entry = entryAt(index, path);
  const where = [
    ...category ? [`Category "${category.title}"`] : [],
    ...entry ? [`template "${entry.name}"`] : [],
  ].join(", ");
  const field = path.at(-1);
  const what = typeof field === "string" ? `"${field}"` : where === "" ? "A value" : "a value";
  const shown = where === "" ? what : `${where}: ${what}`;
  return finding("E_SCHEMA", placeIn(index.document, path), `${shown} ${message}`, {
    details: { keyword, category: category?.title, template: entry?.name },
  });
}

function entryAt({ templates }: TemplateIndex, path: JsonPath) {
  return path[1] === "templates" && path[2] !== undefined
    ? templates.find(({ at }) => at[0] === path[0] && at[2] === path[2])
    : undefined;
}

function keyOf(index: TemplateIndex, path: JsonPath): string {
  return JSON.stringify([entryAt(index, path)?.name ?? path.slice(0, 3), path.slice(3)]);
}

function duplicateNames({ document, templates }: TemplateIndex): readonly Finding[] {
  const first = new Map<string, JsonPath>();
  return templates.flatMap(({ name, at }) => {
    const earlier = first.get(name);
    if (!earlier) first.set(name, at);
    if (name === "" || !earlier) return [];
    const { line } = placeIn(document, [...earlier, "name"]);
    return [
      finding(
        "E_DUPLICATE_NAME",
        placeIn(document, [...at, "name"]),
        `"${name}" stands in line ${line} already`,
        { details: { id: name } },
      ),
    ];
  });
}

function missingWorkflows(
  { files, repository: { config } }: CheckFacts,
  { document, templates }: TemplateIndex,
): readonly Finding[] {
  return templates.filter(({ name }) => name !== "" && !files.has(`${name}.json`))
    .map(({ name, at }) =>
      finding(
        "E_INDEX_NO_FILE",
        placeIn(document, [...at, "name"]),
        `There is no ${config.templatesDir}/${name}.json`,
        { details: { id: name } },
      )
    );
}

function blanks({ document, categories, templates }: TemplateIndex): readonly Finding[] {
  const texts = [
    ...categories.map(({ title, at }) => ["title", title, at] as const),
    ...templates.flatMap(({ title, description, at }) => [
      ["title", title ?? "", at] as const,
      ["description", description ?? "", at] as const,
    ]),
  ];
  return texts.filter(([, text]) => text !== text.trim()).map(([field, text, at]) =>
    finding(
      "W_BLANKS",
      placeIn(document, [...at, field]),
      `"${field}" begins or ends with blanks: ${JSON.stringify(text.slice(0, 60))}`,
    )
  );
}
