import { ComfydockError, counted } from "../../base/mod.ts";
import { formatCount, type Outcome, type Style } from "../../output/mod.ts";
import { pipelineErrors, searchPackages, type SearchResult } from "../../pipeline/mod.ts";
import { shortenLine } from "../lines.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { searchOptions } from "./query_options.ts";
import { queryMappings } from "./query_mappings.ts";

/** Searches packages; exit code 4 when nothing fits. */
export async function run(
  { options, args }: InputOf<typeof searchOptions>,
  context: CommandContext,
): Promise<Outcome<SearchResult>> {
  const query = args.join(" ");
  const data = searchPackages(await queryMappings(options, context), query, options.limit);
  if (data.hits.length > 0) return { data };
  throw new ComfydockError(pipelineErrors.NOTHING_FOUND, `Cannot find a package for "${query}"`, {
    hint: "Try fewer or other words, or a class name: comfydock registry lookup NODE_TYPE",
    details: { query },
  });
}

/** Two lines a package: its name and standing, and what it says of itself. */
export function view({ hits, total, corrected }: SearchResult, style: Style): string[] {
  const lines = hits.flatMap((hit) => {
    const standing = [
      ...(hit.downloads > 0 ? [counted(hit.downloads, "download")] : []),
      ...(hit.github_stars > 0 ? [`${formatCount(hit.github_stars)} stars`] : []),
    ].join(", ");
    const about = hit.description ?? hit.repository ?? "";
    const classes = hit.matching_classes.length > 0
      ? [`nodes: ${hit.matching_classes.join(", ")}`]
      : [];
    return [
      `${style.bold(hit.id)}  ${hit.name}  ${style.dim(standing)}`.trimEnd(),
      ...(about ? [`  ${shortenLine(about, style.width - 2)}`] : []),
      ...classes.map((line) => `  ${shortenLine(line, style.width - 2)}`),
    ];
  });
  return [
    ...(corrected ? [`Nothing has these words; searched for "${corrected}"`] : []),
    ...lines,
    ...(total > hits.length
      ? [style.dim(`${formatCount(total - hits.length)} more; --limit shows them`)]
      : []),
  ];
}
