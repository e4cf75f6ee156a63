import { join } from "node:path";
import { counted, parseJsonText, readTextBounded, writeFileAtomic } from "../../../base/mod.ts";
import { formatBytes, formatCount, type Outcome, type Style } from "../../../output/mod.ts";
import { checkTemplates } from "../../../templates/checks/mod.ts";
import type { LinkAnswer } from "../../../templates/links/mod.ts";
import { parseDownloads } from "../../../templates/metrics/mod.ts";
import {
  buildTemplateReport,
  renderTemplateReport,
  type TemplateReport,
} from "../../../templates/reports/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "../check/facts.ts";
import type { reportOptions } from "./options.ts";
import { embeddedAddresses, relativeAddresses } from "./thumbnails.ts";

/** What `templates report` tells. */
export interface TemplatesReportData {
  readonly dry_run: boolean;
  /** The page, where one was asked for. */
  readonly html: string | null;
  /** Of the page. */
  readonly bytes: number;
  readonly templates: number;
  readonly errors: number;
  readonly warnings: number;
  readonly coverage: TemplateReport["coverage"];
  readonly growth: TemplateReport["growth"];
  readonly faults: TemplateReport["faults"];
  readonly dead_links: readonly {
    readonly url: string;
    readonly reason: string;
    readonly files: readonly string[];
  }[];
}

const MAX_INPUT_BYTES = 64 * 1024 ** 2;
const STATES: ReadonlySet<unknown> = new Set(["alive", "dead", "unknown", "skipped"]);

/** Gathers the report, and writes the page. */
export async function run(
  { options, dryRun }: InputOf<typeof reportOptions>,
  context: CommandContext,
): Promise<Outcome<TemplatesReportData>> {
  const { html, embed, links, downloads, ...choice } = options;
  const { root, digests, facts } = await readNamedFacts(choice, context);
  const report = await buildTemplateReport(facts, digests, {
    findings: checkTemplates(facts),
    ...links !== undefined && { answers: readAnswers(await read(links), links) },
    ...downloads !== undefined && {
      downloads: parseDownloads(parseJsonText(await read(downloads), downloads)),
    },
  });
  const directory = join(root, facts.repository.config.templatesDir);
  const thumbnail = embed || html === undefined
    ? await embeddedAddresses(facts, directory)
    : relativeAddresses(html, directory);
  const page = new TextEncoder().encode(
    html === undefined ? "" : renderTemplateReport(report, {
      thumbnail,
      ...!embed && { media: "'self' file:" },
    }),
  );
  if (html !== undefined && !dryRun) await writeFileAtomic(html, page);
  return {
    data: {
      dry_run: dryRun,
      html: html ?? null,
      bytes: page.length,
      templates: report.statistics.templates,
      errors: report.errors,
      warnings: report.warnings,
      coverage: report.coverage,
      growth: report.growth,
      faults: report.faults,
      dead_links: report.links.dead,
    },
  };
}

async function read(file: string): Promise<string> {
  return await readTextBounded(file, MAX_INPUT_BYTES);
}

/** The answers of servers out of what `templates links --json` printed. */
function readAnswers(text: string, file: string): readonly LinkAnswer[] {
  const value = parseJsonText(text, file);
  const root = record(record(value)?.data) ?? record(value);
  const links = Array.isArray(root?.links) ? root.links : [];
  return links.flatMap((one): LinkAnswer[] => {
    const { url, state, status, reason } = record(one) ?? {};
    if (typeof url !== "string" || !STATES.has(state)) return [];
    return [{
      url,
      state: state as LinkAnswer["state"],
      ...typeof status === "number" && { status },
      ...typeof reason === "string" && { reason },
    }];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Readonly<Record<string, unknown>>
    : undefined;
}

/** Coverage and faults, and where the page is. */
export function view(data: TemplatesReportData, style: Style): readonly string[] {
  const { dry_run, html, bytes, coverage, faults, errors, warnings, dead_links } = data;
  return [
    ...coverage.map(({ name, have, all }) =>
      `${name}: ${formatCount(have)} of ${formatCount(all)}`
    ),
    ...faults.slice(0, 5).map(({ code, count }) => style.dim(`${code}: ${formatCount(count)}`)),
    `${counted(errors, "error")}, ${counted(warnings, "warning")}, ${
      formatCount(dead_links.length)
    } dead links`,
    html === null
      ? style.dim("--html FILE writes a page with thumbnails")
      : `${dry_run ? "Would write" : "Wrote"} ${html}, ${formatBytes(bytes)}`,
  ];
}
