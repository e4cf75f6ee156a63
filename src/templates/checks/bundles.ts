import { compareCodePoints } from "../../base/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import { isId, placeIn, suggestId } from "../repository/mod.ts";
import type { Bundles } from "../types.ts";
import type { CheckFacts } from "./types.ts";

/** Checks bundles against the files that there are. */
export function checkBundles(facts: CheckFacts): readonly Finding[] {
  const { repository: { bundles, config }, blueprints, blueprintIds, files } = facts;
  const ids = new Set([...files.keys()].flatMap((name) => stemOf(name) ?? []));
  return [
    ...unassigned(facts),
    ...ghosts(bundles, ids, config.templatesDir),
    ...blueprints ? ghosts(blueprints, blueprintIds, config.blueprintsDir) : [],
    ...blueprints
      ? [...blueprintIds].filter((id) => !blueprints.bundleOf.has(id)).map((id) =>
        finding(
          "E_UNASSIGNED",
          { file: `${config.blueprintsDir}/${id}.json` },
          `The blueprint "${id}" is in no bundle`,
          { hint: `Put its id into ${config.blueprintBundles}` },
        )
      )
      : [],
    ...badNames(facts),
    ...caseClashes(facts),
  ];
}

/** The id that a file directly in the directory of templates would have. */
function stemOf(name: string): string | undefined {
  return name.endsWith(".json") && !name.includes("/") ? name.slice(0, -".json".length) : undefined;
}

function unassigned(
  { repository: { bundles, config }, workflows, index, locales, logos }: CheckFacts,
): readonly Finding[] {
  const lists = [index?.document, ...locales.map(({ document }) => document), logos.document];
  const listIds = lists.flatMap((document) =>
    document && stemOf(document.path.slice(config.templatesDir.length + 1)) || []
  );
  const shipped = [...workflows.keys(), ...listIds].filter((id) => isId(id));
  return shipped.filter((id) => !bundles.bundleOf.has(id)).map((id) =>
    finding(
      "E_UNASSIGNED",
      { file: `${config.templatesDir}/${id}.json` },
      `"${id}" is in no bundle of ${config.bundles}`,
      { details: { id } },
    )
  );
}

function ghosts(
  { document, list }: Bundles,
  ids: ReadonlySet<string>,
  directory: string,
): readonly Finding[] {
  return list.flatMap(({ name, ids: named }) =>
    named.flatMap((id, at) => {
      // Ids that cannot be are findings already.
      if (!isId(id) || ids.has(id)) return [];
      const path = placeIn(document, [name, at]);
      return [
        finding("E_GHOST_ID", path, `"${id}" has no file ${directory}/${id}.json`, {
          details: { id, bundle: name },
        }),
      ];
    })
  );
}

function badNames({ repository: { config }, files, index }: CheckFacts): readonly Finding[] {
  const names = [...files.keys()].filter((name) => !name.includes("/"));
  const found = names.flatMap((name) => {
    const extension = /\.[^.]*$/.exec(name)?.[0] ?? "";
    const stem = name.slice(0, name.length - extension.length);
    if (isId(stem)) return [];
    const file = `${config.templatesDir}/${name}`;
    return [
      finding("E_BAD_FILE_NAME", { file }, `"${name}" holds what ids cannot have`, {
        hint: `Rename it to "${suggestId(stem)}${extension}"`,
      }),
    ];
  });
  const entries = (index?.templates ?? []).flatMap(({ name, at }) =>
    name === "" || isId(name) || !index ? [] : [
      finding(
        "E_BAD_ID",
        placeIn(index.document, [...at, "name"]),
        `The name ${JSON.stringify(name)} holds what ids cannot have`,
        { hint: `Call it ${JSON.stringify(suggestId(name))}` },
      ),
    ]
  );
  return [...found, ...entries];
}

function caseClashes({ repository: { config, bundles }, files, index }: CheckFacts): Finding[] {
  const places: readonly (readonly [string, () => ReturnType<typeof placeIn>])[] = [
    ...[...files.keys()].map((name) =>
      [name, () => ({ file: `${config.templatesDir}/${name}` })] as const
    ),
    ...bundles.list.flatMap(({ name, ids }) =>
      ids.map((id, at) =>
        [`${id.trim()}.json`, () => placeIn(bundles.document, [name, at])] as const
      )
    ),
    ...(index?.templates ?? []).map(({ name, at }) =>
      [`${name}.json`, () => placeIn(index!.document, [...at, "name"])] as const
    ),
  ];
  const first = new Map<string, string>();
  const told = new Set<string>();
  return places.flatMap(([name, place]) => {
    const key = name.toLowerCase();
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    if (other === undefined || other === name || told.has(name)) return [];
    told.add(name);
    const [left, right] = [other, name].sort(compareCodePoints);
    return [
      finding("E_CASE_CLASH", place(), `"${left}" and "${right}" differ only by case`, {
        hint: `Keep one of them, such as "${key}"`,
      }),
    ];
  });
}
