import type { Measurement } from "../../tasks/bench_table.ts";

/** Tells a measurement to `deno task bench`: one JSON line on standard output. */
export function report(measurement: Measurement): void {
  const line = new TextEncoder().encode(`${JSON.stringify(measurement)}\n`);
  for (let at = 0; at < line.length;) at += Deno.stdout.writeSync(line.subarray(at));
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * Measures a whole process from its start to its end.
 *
 * @param program What to run.
 * @param args Its arguments.
 * @param runs How often; a first run that warms the disk cache is not counted.
 * @returns The median in milliseconds.
 */
export async function measureProcess(
  program: string,
  args: readonly string[],
  runs = 11,
): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const started = performance.now();
    const { success, stderr } = await new Deno.Command(program, {
      args: [...args],
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) {
      throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    }
    if (run > 0) times.push(performance.now() - started);
  }
  return median(times);
}
