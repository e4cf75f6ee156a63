import { join } from "node:path";
import { type Clock, systemClock } from "../../src/base/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import type { CliRun } from "./run_cli.ts";
import { runInProcess } from "./run_in_process.ts";

/** The day on which the corpora of the test registry begin. */
export const FIRST_DAY = Date.parse("2026-09-01T02:00:00Z");

/** The time of a daily run, RFC 3339. */
export function dayTime(day: number): string {
  return new Date(FIRST_DAY + day * 86_400_000).toISOString().replace(".000Z", "Z");
}

/** ComfyUI-Manager's data as the demo has it. */
export const sampleManager: string = join(projectRoot, "data", "sample", "manager");

/** A clock whose pauses count in full and last next to nothing. */
export function quickClock(): Clock {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    async sleep(milliseconds, signal) {
      const spent = Math.min(milliseconds, 1);
      skipped += milliseconds - spent;
      await systemClock.sleep(spent, signal);
    },
  };
}

/** Where runs read from. */
export interface Source {
  readonly url: string;
}

/** The options that every run against a test registry takes: fast, and at a fixed time. */
export function crawlArguments({ url }: Source, day = 0): string[] {
  return [
    ...["--registry-url", url, "--rate", "100000", "--concurrency", "20"],
    ...["--now", dayTime(day)],
  ];
}

/** How a run against a test registry differs from the usual. */
export interface RunChanges {
  /** Days since the first. */
  readonly day?: number;
  readonly argv?: readonly string[];
  /** Default one whose pauses last next to nothing; a server that counts by time needs the machine's. */
  readonly clock?: Clock;
}

/** Runs `registry update` in this process. */
export function update(
  source: Source,
  dataDir: string,
  { day = 0, argv = [], clock = quickClock() }: RunChanges = {},
): Promise<CliRun> {
  return runInProcess([
    ...["registry", "update", "--data-dir", dataDir, "--manager-url", sampleManager],
    ...crawlArguments(source, day),
    ...argv,
  ], { clock });
}

/** Runs `registry cache` in this process. */
export function crawl(
  source: Source,
  output: string,
  { day = 0, argv = [], clock = quickClock() }: RunChanges = {},
): Promise<CliRun> {
  return runInProcess(
    ["registry", "cache", "--output", output, ...crawlArguments(source, day), ...argv],
    { clock },
  );
}

/** The two files that an update publishes. */
export async function published(dataDir: string): Promise<{ mappings: string; cache: string }> {
  const read = (name: string) => Deno.readTextFile(join(dataDir, name));
  return {
    mappings: await read("node_mappings.json"),
    cache: await read("full_registry_cache.json"),
  };
}

/** Every file below a directory with its content's digest, sorted; the empty list where there is none. */
export async function listing(directory: string, below = ""): Promise<string[]> {
  const lines: string[] = [];
  for await (const entry of Deno.readDir(join(directory, below))) {
    const path = join(below, entry.name);
    if (entry.isDirectory) lines.push(...await listing(directory, path));
    else lines.push(`${path} ${await digest(join(directory, path))}`);
  }
  return lines.sort();
}

async function digest(path: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-1", await Deno.readFile(path));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
