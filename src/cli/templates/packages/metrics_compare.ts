import { ComfydockError } from "../../../base/mod.ts";
import { alignColumns, formatCount, type Outcome, type Style } from "../../../output/mod.ts";
import {
  compareMeasurements,
  type Growth,
  isOver,
  parsePercent,
} from "../../../templates/metrics/mod.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { metricsFile, readMeasurements } from "./metrics.ts";
import type { compareOptions } from "./options.ts";

/** How the last run of each command compares with the one before. */
export interface MetricsCompareData {
  /** In percent. */
  readonly max_growth: number;
  readonly numbers: readonly (Omit<Growth, "growth"> & {
    /** In percent; nothing where the number was 0 before. */
    readonly growth: number | null;
    readonly over: boolean;
  })[];
}

/** Compares runs, and fails when a number grew by more than is allowed. */
export async function run(
  { options }: InputOf<typeof compareOptions>,
  _context: CommandContext,
): Promise<Outcome<MetricsCompareData>> {
  const limit = readLimit(options.maxGrowth);
  const all = await readMeasurements(await metricsFile(options));
  const numbers = compareMeasurements(all).map((one) => ({
    ...one,
    growth: Number.isFinite(one.growth) ? one.growth : null,
    over: isOver(one, limit),
  }));
  return { data: { max_growth: limit, numbers }, exit: numbers.some(({ over }) => over) ? 1 : 0 };
}

function readLimit(text: string): number {
  const limit = parsePercent(text);
  if (limit !== undefined) return limit;
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use "${text}" for --max-growth: it is no share`,
    { hint: "Give a number in percent, such as 10%" },
  );
}

/** A line for each number. */
export function view({ numbers }: MetricsCompareData, style: Style): readonly string[] {
  if (numbers.length === 0) return ["No command ran twice yet"];
  return alignColumns(
    numbers.map(({ command, name, before, after, growth, over }) => {
      const share = growth === null ? "new" : `${growth.toFixed(1)} %`;
      const values = `${formatCount(before)} → ${formatCount(after)}`;
      return [command, name, values, over ? style.red(share) : share];
    }),
  );
}
