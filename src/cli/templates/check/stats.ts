import { counted } from "../../../base/mod.ts";
import {
  alignColumns,
  formatBytes,
  formatCount,
  type Outcome,
  type Style,
} from "../../../output/mod.ts";
import {
  countRepository,
  countUsage,
  type RepositoryStatistics,
  type Share,
  type TemplateUsage,
} from "../../../templates/statistics/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "./facts.ts";
import { readLines } from "./log_lines.ts";
import type { statsOptions } from "./options.ts";

/** What `templates stats` tells. */
export interface StatsData extends Omit<RepositoryStatistics, "mediaTypes"> {
  readonly media_types: readonly Share[];
  /** Of the access log; nothing where none was named. */
  readonly usage: readonly TemplateUsage[] | null;
}

/** Counts what a repository holds. */
export async function run(
  { options: { log, ...choice } }: InputOf<typeof statsOptions>,
  context: CommandContext,
): Promise<Outcome<StatsData>> {
  const { facts } = await readNamedFacts(choice, context);
  const { mediaTypes, ...rest } = countRepository(facts);
  const usage = log === undefined
    ? null
    : await countUsage(readLines(log), new Set(facts.workflows.keys()));
  return { data: { ...rest, media_types: mediaTypes, usage } };
}

/** Tables of the numbers. */
export function view(data: StatsData, style: Style): readonly string[] {
  const shares = (title: string, list: readonly Share[]) => [
    "",
    style.green(title),
    ...alignColumns(
      list.map(({ name, templates, bytes }) => [name, formatCount(templates), formatBytes(bytes)]),
    ),
  ];
  return [
    `${counted(data.templates, "template")}, ${counted(data.files, "file")}, ${
      formatBytes(data.bytes)
    }`,
    ...shares("Categories", data.categories),
    ...shares("Media types", data.media_types),
    ...shares("Bundles", data.bundles),
    "",
    style.green("Translations"),
    ...alignColumns(
      data.locales.map(({ locale, translated, percent }) => [
        locale,
        formatCount(translated),
        `${percent} %`,
      ]),
    ),
    ...data.usage === null ? [] : [
      "",
      style.green("Opened"),
      ...alignColumns(
        data.usage.slice(0, 20).map(({ id, opened, requests }) => [
          id,
          formatCount(opened),
          style.dim(`${formatCount(requests)} requests`),
        ]),
      ),
    ],
  ];
}
