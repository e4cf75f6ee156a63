import { ComfydockError, type JsonRecord } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { Downloads, Growth, Measurement } from "./types.ts";

/** By how much runs of the same work differ on a busy machine, in milliseconds. */
const NOISE_MS = 1_000;

/** Makes a measurement from what a command printed with `--json`. */
export function measure(envelope: unknown, now: Date): Measurement {
  const root = recordOf(envelope);
  if (typeof root?.command !== "string" || typeof root.ok !== "boolean") {
    throw badMetrics("it is not what a command printed with --json");
  }
  const data = recordOf(root.data) ?? {};
  const counts = Object.entries(data).flatMap(([name, value]): [string, number][] => {
    if (Array.isArray(value)) return [[name, value.length]];
    return typeof value === "number" ? [[name, value]] : [];
  });
  const bytes = sizesIn(data.packages);
  return {
    command: root.command,
    at: now.toISOString(),
    ok: root.ok,
    duration_ms: typeof root.elapsed_ms === "number" ? root.elapsed_ms : 0,
    counts: { ...Object.fromEntries(counts), ...bytes > 0 && { bytes } },
  };
}

/** The bytes of all files of all packages. */
function sizesIn(packages: unknown): number {
  if (!Array.isArray(packages)) return 0;
  return packages.flatMap((one) => {
    const files = recordOf(one)?.files;
    return Array.isArray(files) ? files : [];
  }).reduce((sum: number, file) => {
    const size = recordOf(file)?.size;
    return sum + (typeof size === "number" ? size : 0);
  }, 0);
}

/**
 * Reads a file of measurements.
 *
 * @param text One JSON object a line.
 * @throws `E_METRICS` naming the line
 */
export function parseMeasurements(text: string): readonly Measurement[] {
  return text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    let record: JsonRecord | undefined;
    try {
      record = recordOf(JSON.parse(line));
    } catch (cause) {
      throw badMetrics(`line ${at + 1} is not JSON`, cause);
    }
    const { command, at: when, ok, duration_ms, counts } = record ?? {};
    if (typeof command !== "string" || typeof when !== "string") {
      throw badMetrics(`line ${at + 1} has no command or no time`);
    }
    const numbers = Object.entries(recordOf(counts) ?? {})
      .filter((entry): entry is [string, number] => typeof entry[1] === "number");
    return [{
      ...{ command, at: when, ok: ok === true, counts: Object.fromEntries(numbers) },
      duration_ms: typeof duration_ms === "number" ? duration_ms : 0,
    }];
  });
}

/** Compares the last two successful runs of each command. */
export function compareMeasurements(all: readonly Measurement[]): readonly Growth[] {
  const commands = [...new Set(all.map(({ command }) => command))].sort();
  return commands.flatMap((command) => {
    const [before, after] = all.filter((one) => one.command === command && one.ok).slice(-2);
    if (!before || !after) return [];
    const left = numbersOf(before);
    return Object.entries(numbersOf(after)).flatMap(([name, value]): Growth[] => {
      const old = left[name];
      if (old === undefined) return [];
      const growth = old === 0 ? value === 0 ? 0 : Infinity : (value - old) / old * 100;
      return [{ command, name, before: old, after: value, growth }];
    });
  });
}

function numbersOf({ counts, duration_ms }: Measurement): Readonly<Record<string, number>> {
  return { ...counts, duration_ms };
}

/** Reads a share such as `10%` or `10`; nothing for another text. */
export function parsePercent(text: string): number | undefined {
  const number = /^\s*(\d{1,9}(?:\.\d{1,9})?)\s*%?\s*$/.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Whether a number grew by more than a share; a run that takes a little longer says nothing. */
export function isOver({ name, before, after, growth }: Growth, percent: number): boolean {
  return growth > percent && !(name === "duration_ms" && after - before < NOISE_MS);
}

/**
 * Reads how often a package was downloaded: the answer of pypistats to `recent`, or a list of such answers.
 *
 * @throws `E_METRICS`
 */
export function parseDownloads(value: unknown): readonly Downloads[] {
  return (Array.isArray(value) ? value : [value]).map((one) => {
    const root = recordOf(one);
    const data = recordOf(root?.data);
    const number = (key: string) => {
      const found = data?.[key];
      if (typeof found === "number") return found;
      throw badMetrics(`it has no number "data.${key}", as pypistats gives it`);
    };
    if (typeof root?.package !== "string") throw badMetrics('it has no text "package"');
    return {
      name: root.package,
      day: number("last_day"),
      week: number("last_week"),
      month: number("last_month"),
    };
  });
}

function recordOf(value: unknown): JsonRecord | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as JsonRecord
    : undefined;
}

/** The error for measurements that cannot be read. */
export function badMetrics(why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(templateErrors.E_METRICS, `Cannot read measurements: ${why}`, {
    hint: "See `comfydock templates packages metrics --help`",
    cause,
  });
}
