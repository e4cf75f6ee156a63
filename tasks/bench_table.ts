/** One measured number and the bound that it is held to, as a program of `tests/bench/` tells it. */
export interface Measurement {
  /** What was measured, such as `registry lookup, starter index`. */
  readonly name: string;
  readonly value: number;
  /** Such as `ms`, `MB`, `requests` or `%`. */
  readonly unit: string;
  /** The largest value allowed, or the smallest with `atLeast`; absent for a number that is only told. */
  readonly bound?: number;
  /** Turns the bound round: the value must reach it. */
  readonly atLeast?: boolean;
  /** How it was measured, such as `median of 11`. */
  readonly how?: string;
}

/** Picks the measurements out of what a program wrote; other lines are talk. */
export function parseMeasurements(output: string): readonly Measurement[] {
  return output.split("\n")
    .filter((line) => line.startsWith('{"name":'))
    .map((line) => JSON.parse(line));
}

/** Tells whether the bound is kept; a number without one always is. */
export function isWithin({ value, bound, atLeast }: Measurement): boolean {
  if (bound === undefined) return true;
  return atLeast ? value >= bound : value <= bound;
}

/** Draws measurements as a Markdown table. */
export function renderTable(measured: readonly Measurement[]): string {
  const rows = measured.map((measurement) => {
    const { name, unit, value, bound, atLeast, how } = measurement;
    const limit = bound === undefined ? "" : `${atLeast ? "≥" : "≤"} ${number(bound)} ${unit}`;
    const verdict = bound === undefined ? "" : isWithin(measurement) ? "kept" : "**missed**";
    return `| ${name} | ${number(value)} ${unit} | ${limit} | ${verdict} | ${how ?? ""} |`;
  });
  const head = ["| what | measured | bound | | how |", "| --- | ---: | ---: | --- | --- |"];
  return [...head, ...rows].join("\n");
}

function number(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}

const START = "<!-- table: written by `deno task bench --write` -->";
const END = "<!-- end of table -->";

/**
 * Puts a table between the two marks of a page.
 *
 * @throws An error when the page has no marks.
 */
export function replaceTable(page: string, table: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The page lacks "${START}" and "${END}"`);
  return `${page.slice(0, start + START.length)}\n\n${table}\n\n${page.slice(end)}`;
}
