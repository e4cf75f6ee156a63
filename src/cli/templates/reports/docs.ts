import { join, relative, resolve } from "node:path";
import { formatCount, type Outcome, type Style } from "../../../output/mod.ts";
import { templatePages } from "../../../templates/reports/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "../check/facts.ts";
import type { docsOptions } from "./options.ts";
import { writePages } from "./write_pages.ts";

/** What `templates docs` wrote. */
export interface DocsData {
  readonly dry_run: boolean;
  /** Absolute path. */
  readonly directory: string;
  readonly written: readonly string[];
  readonly same: number;
  /** Pages of the same name that somebody else made. */
  readonly kept: readonly string[];
}

const MARK = "<!-- Written by `comfydock templates docs`. -->\n";

/** Writes a page for each template, and one that lists them. */
export async function run(
  { options: { out, ...choice }, dryRun }: InputOf<typeof docsOptions>,
  context: CommandContext,
): Promise<Outcome<DocsData>> {
  const { root, facts } = await readNamedFacts(choice, context);
  const directory = out === undefined ? join(root, "docs", "templates") : resolve(out);
  const templates = join(root, facts.repository.config.templatesDir);
  const pages = templatePages(facts, relative(directory, templates).replaceAll("\\", "/"))
    .map(({ name, text }) => ({ name, text: `${MARK}${text}` }));
  const result = await writePages(directory, pages, {
    dryRun,
    isOurs: (text) => text.startsWith(MARK.trimEnd()),
  });
  for (const name of result.kept) {
    context.warn("FILE_KEPT", `${name} was not written by this command, and stays`);
  }
  return { data: { dry_run: dryRun, directory, ...result } };
}

/** How many pages there are. */
export function view({ dry_run, directory, written, same }: DocsData, style: Style): string[] {
  return [
    `${dry_run ? "Would write" : "Wrote"} ${formatCount(written.length)} pages in ${directory}`,
    ...same > 0 ? [style.dim(`${formatCount(same)} were up to date`)] : [],
  ];
}
