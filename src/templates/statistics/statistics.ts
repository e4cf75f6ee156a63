import { compareCodePoints } from "../../base/mod.ts";
import type { CheckFacts } from "../checks/mod.ts";
import { extensionOf, ownerOfFile } from "../repository/mod.ts";

/** How many of something there are, and their bytes. */
export interface Share {
  readonly name: string;
  readonly templates: number;
  /** Of workflows and pictures. */
  readonly bytes: number;
}

/** How far a translation is done. */
export interface LocaleCoverage {
  readonly locale: string;
  /** Templates of the index that it has. */
  readonly present: number;
  /** Those of them whose description is not that of the index. */
  readonly translated: number;
  /** Of all templates of the index, from 0 to 100. */
  readonly percent: number;
}

/** What a repository holds, in numbers. */
export interface RepositoryStatistics {
  readonly templates: number;
  readonly files: number;
  readonly bytes: number;
  readonly categories: readonly Share[];
  readonly mediaTypes: readonly Share[];
  readonly bundles: readonly Share[];
  readonly formats: readonly {
    readonly name: string;
    readonly files: number;
    readonly bytes: number;
  }[];
  readonly locales: readonly LocaleCoverage[];
  /** Models that most templates use, the first ones first. */
  readonly models: readonly { readonly name: string; readonly templates: number }[];
}

/** Counts what a repository holds: by category, media type, bundle, format and translation. */
export function countRepository(
  { repository: { bundles }, index, locales, files, workflows }: CheckFacts,
): RepositoryStatistics {
  const templates = index?.templates ?? [];
  const ids = new Set([...bundles.bundleOf.keys(), ...templates.map(({ name }) => name)]);
  const bytesOf = new Map<string, number>();
  let bytes = 0;
  for (const [name, { size }] of files) {
    bytes += size;
    const id = name.includes("/") ? undefined : ownerOfFile(name, ids)?.id;
    if (id !== undefined) bytesOf.set(id, (bytesOf.get(id) ?? 0) + size);
  }
  const share = (name: string, members: readonly string[]): Share => ({
    name,
    templates: members.length,
    bytes: members.reduce((sum, id) => sum + (bytesOf.get(id) ?? 0), 0),
  });
  const formats = [...Map.groupBy(files, ([name]) => extensionOf(name))].map(([name, group]) => ({
    name,
    files: group.length,
    bytes: group.reduce((sum, [, { size }]) => sum + size, 0),
  }));
  const models = new Map<string, number>();
  for (const workflow of workflows.values()) {
    for (const name of new Set(workflow.models.map(({ name }) => name))) {
      models.set(name, (models.get(name) ?? 0) + 1);
    }
  }
  const byMedia = Map.groupBy(templates, ({ mediaType }) => mediaType ?? "unknown");
  return {
    templates: templates.length,
    files: files.size,
    bytes,
    categories: (index?.categories ?? []).map(({ title, templates }) =>
      share(title, templates.map(({ name }) => name))
    ),
    mediaTypes: [...byMedia].map(([name, group]) => share(name, group.map(({ name }) => name)))
      .sort(byCount),
    bundles: bundles.list.map(({ name, ids }) =>
      share(name, ids.filter((id) => workflows.has(id)))
    ),
    formats: formats.sort((left, right) => right.bytes - left.bytes),
    locales: locales.map((locale) => coverage(templates, locale)),
    models: [...models].map(([name, count]) => ({ name, templates: count })).sort(byCount)
      .slice(0, 20),
  };
}

function coverage(
  english: readonly { readonly name: string; readonly description?: string }[],
  { locale = "", templates }: CheckFacts["locales"][number],
): LocaleCoverage {
  const descriptions = new Map(templates.map(({ name, description }) => [name, description]));
  const present = english.filter(({ name }) => descriptions.has(name));
  const translated = present.filter(({ name, description }) =>
    descriptions.get(name) !== description
  );
  const percent = english.length === 0 ? 100 : translated.length / english.length * 100;
  return {
    locale,
    present: present.length,
    translated: translated.length,
    percent: Math.round(percent * 10) / 10,
  };
}

function byCount(
  left: { readonly name: string; readonly templates: number },
  right: { readonly name: string; readonly templates: number },
): number {
  return right.templates - left.templates || compareCodePoints(left.name, right.name);
}
