import { optional, readNumber, readRecord } from "../../src/base/mod.ts";

/** What a night came to, in numbers; what a run did not tell is absent. */
export type Metrics = Readonly<Record<string, number>>;

const FIELDS: readonly (readonly [name: string, part: "crawl" | "stats", field: string])[] = [
  ["packages", "crawl", "packages"],
  ["new packages", "crawl", "new_packages"],
  ["missing packages", "crawl", "missing_packages"],
  ["versions", "crawl", "versions"],
  ["new versions", "crawl", "new_versions"],
  ["node lists", "crawl", "node_lists_read"],
  ["requests", "crawl", "requests"],
  ["failed reads", "crawl", "failures"],
  ["published packages", "stats", "packages"],
  ["node signatures", "stats", "signatures"],
];

/**
 * Reads the numbers of a run from the result of `registry update`.
 *
 * @throws `DATA_INVALID`
 */
export function readMetrics(result: unknown): Metrics {
  const record = readRecord(result, "result");
  const found: Record<string, number> = {};
  for (const [name, part, field] of FIELDS) {
    const from = optional(record[part], `result.${part}`, readRecord);
    const value = optional(from?.[field], `result.${part}.${field}`, readNumber);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** The message of a night's commits: what it is, and its numbers. */
export function commitMessage(date: string, metrics: Metrics): string {
  const lines = Object.entries(metrics).map(([name, value]) => `${name}: ${value}`);
  return [`Update registry data ${date}`, "", ...lines, ""].join("\n");
}

/** The summary of a night as Markdown. */
export function summaryText(
  title: string,
  metrics: Metrics,
  notes: readonly string[],
): string {
  const rows = Object.entries(metrics).map(([name, value]) => `| ${name} | ${value} |`);
  const table = rows.length === 0 ? [] : ["| | |", "| --- | ---: |", ...rows, ""];
  return [`## ${title}`, "", ...table, ...notes.map((note) => `- ${oneLine(note)}`), ""].join("\n");
}

// What a server said must not become markup.
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ").replaceAll(/[<>|`\[\]@]/g, (mark) => `\\${mark}`)
    .slice(0, 2_000);
}
