import { readTextBounded, writeFileAtomic } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { badMetrics, measure, type Measurement } from "../../../templates/metrics/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { metricsFile, readMeasurements } from "./metrics.ts";
import type { metricsOptions } from "./options.ts";

/** The measurement that was added. */
export interface MetricsRecordData {
  readonly dry_run: boolean;
  readonly file: string;
  readonly measurement: Measurement;
}

const LARGEST = 64 * 1024 ** 2;

/** Adds the run of a command, as it printed it with `--json`, to the measurements. */
export async function run(
  { options, args: [envelope = ""], dryRun }: InputOf<typeof metricsOptions>,
  { clock }: CommandContext,
): Promise<Outcome<MetricsRecordData>> {
  const file = await metricsFile(options);
  const text = await readTextBounded(envelope, LARGEST);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badMetrics(`"${envelope}" is not JSON`, cause);
  }
  const measurement = measure(value, new Date(clock.now()));
  const lines = [...await readMeasurements(file), measurement].map((one) => JSON.stringify(one));
  if (!dryRun) await writeFileAtomic(file, `${lines.join("\n")}\n`);
  return { data: { dry_run: dryRun, file, measurement } };
}

/** What was added. */
export function view({ file, measurement }: MetricsRecordData): readonly string[] {
  return [`${measurement.command} → ${file}`];
}
