import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import type { TemplateEntry, TemplateIndex } from "../types.ts";
import type { CheckFacts } from "./types.ts";

/** Checks what entries say of their workflows: app mode, packs, partner nodes. */
export function checkMarkers(facts: CheckFacts): readonly Finding[] {
  const { index, locales } = facts;
  if (!index) return [];
  const english = new Map(index.templates.map((entry) => [entry.name, hasApiTag(entry)]));
  return [
    ...index.templates.flatMap((entry) => [
      ...appMarker(facts, index, entry),
      ...customNodes(facts, index, entry),
      ...apiMarkers(index, entry),
    ]),
    ...locales.flatMap((locale) =>
      locale.templates.flatMap((entry) => {
        const wanted = english.get(entry.name);
        if (wanted === undefined || wanted === hasApiTag(entry)) return [];
        return [
          finding(
            "E_API_MARKERS",
            placeIn(locale.document, [...entry.at, "tags"]),
            `Template "${entry.name}" ${
              wanted ? "lacks" : "has"
            } the tag API in "${locale.locale}"`,
            { hint: wanted ? 'Add "API" to its tags' : 'Take "API" out of its tags' },
          ),
        ];
      })
    ),
  ];
}

function appMarker(
  { workflows }: CheckFacts,
  { document }: TemplateIndex,
  { name, isApp = false, at }: TemplateEntry,
): readonly Finding[] {
  const workflow = workflows.get(name);
  if (!workflow || workflow.linear === isApp) return [];
  return [
    finding(
      "E_APP_MARKER",
      placeIn(document, isApp ? [...at, "isApp"] : at),
      isApp
        ? `Template "${name}" is marked as an app, and its workflow is not in linear mode`
        : `The workflow of "${name}" is in linear mode, and its entry does not say isApp`,
      { hint: isApp ? "Take isApp out of the entry" : 'Add "isApp": true to the entry' },
    ),
  ];
}

function customNodes(
  { workflows, whitelist }: CheckFacts,
  { document }: TemplateIndex,
  { name, requiresCustomNodes, at }: TemplateEntry,
): readonly Finding[] {
  const workflow = workflows.get(name);
  if (!workflow || whitelist.templates.has(name)) return [];
  const required = new Set(requiresCustomNodes.map((id) => id.toLowerCase()));
  const used = new Set(workflow.packs.map(({ id }) => id.toLowerCase()));
  const missing = workflow.packs.filter(({ id }) =>
    !required.has(id.toLowerCase()) && !whitelist.packs.has(id)
  );
  const unused = requiresCustomNodes.flatMap((id, index) =>
    used.has(id.toLowerCase()) ? [] : [index]
  );
  return [
    ...missing.map(({ id, type, line, path }) =>
      finding(
        "E_CUSTOM_NODES",
        { file: workflow.path, line, path },
        `Node "${type}" is of the pack "${id}", which the entry of "${name}" does not require`,
        { hint: `Add "${id}" to requiresCustomNodes in all index files`, details: { pack: id } },
      )
    ),
    ...unused.map((index) =>
      finding(
        "W_CUSTOM_NODES",
        placeIn(document, [...at, "requiresCustomNodes", index]),
        `Template "${name}" requires "${requiresCustomNodes[index]}", and uses no node of it`,
        { hint: "Take it out of requiresCustomNodes, unless the nodes do not tell their pack" },
      )
    ),
  ];
}

function apiMarkers({ document }: TemplateIndex, entry: TemplateEntry): readonly Finding[] {
  const { name, openSource, at } = entry;
  const tagged = hasApiTag(entry);
  if (openSource === undefined || openSource !== tagged) return [];
  return [
    finding(
      "E_API_MARKERS",
      placeIn(document, [...at, "openSource"]),
      openSource
        ? `Template "${name}" has the tag API, and says that it is open source`
        : `Template "${name}" says that it is not open source, and lacks the tag API`,
      { hint: openSource ? 'Set "openSource" to false' : 'Add "API" to its tags' },
    ),
  ];
}

function hasApiTag({ tags }: TemplateEntry): boolean {
  return tags.some((tag) => tag.toUpperCase() === "API");
}
