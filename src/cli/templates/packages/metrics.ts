import { join, resolve } from "node:path";
import { baseErrors, isKind, readTextBounded } from "../../../base/mod.ts";
import {
  alignColumns,
  formatCount,
  formatDuration,
  type Outcome,
  type Style,
} from "../../../output/mod.ts";
import { type Measurement, parseMeasurements } from "../../../templates/metrics/mod.ts";
import { findRepositoryRoot } from "../../../templates/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import type { metricsOptions } from "./options.ts";

/** The measurements that are kept. */
export interface MetricsData {
  readonly file: string;
  readonly measurements: readonly Measurement[];
}

const METRICS_FILE = ".templates-metrics.jsonl";
const LARGEST = 64 * 1024 ** 2;

/** Shows the measurements. */
export async function run(
  { options }: InputOf<typeof metricsOptions>,
  _context: CommandContext,
): Promise<Outcome<MetricsData>> {
  const file = await metricsFile(options);
  return { data: { file, measurements: await readMeasurements(file) } };
}

/** Absolute path of the file of measurements. */
export async function metricsFile(
  { root, file }: { readonly root?: string; readonly file?: string },
): Promise<string> {
  return file === undefined
    ? join(await findRepositoryRoot(root ?? "."), METRICS_FILE)
    : resolve(file);
}

/** Reads a file of measurements; without the file there are none. */
export async function readMeasurements(file: string): Promise<readonly Measurement[]> {
  try {
    return parseMeasurements(await readTextBounded(file, LARGEST));
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return [];
    throw error;
  }
}

/** A line for each run. */
export function view({ measurements }: MetricsData, style: Style): readonly string[] {
  if (measurements.length === 0) return ["No measurements yet"];
  return alignColumns(
    measurements.map(({ at, command, ok, duration_ms, counts }) => [
      style.dim(at),
      command,
      ok ? style.green("ok") : style.red("failed"),
      formatDuration(duration_ms),
      Object.entries(counts).map(([name, value]) => `${name} ${formatCount(value)}`).join(", "),
    ]),
  );
}
