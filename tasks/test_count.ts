import { plain } from "./terminal.ts";

/** What a run of tests came to. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const CLOSING = /^(?:ok|FAILED) \| (\d+) passed[^|]*\| (\d+) failed(?:[^|\n]*\| (\d+) ignored)?/gm;

/**
 * Reads the closing line of `deno test`; a run that ended badly without one counts as one failure.
 *
 * @param output Everything that the run wrote to standard output.
 * @param code What the run ended with.
 */
export function readTestCount(output: string, code: number): TestCount {
  // Output of the tests themselves may look alike; the real line is the last.
  const line = [...plain(output).matchAll(CLOSING)].at(-1);
  const failed = Number(line?.[2] ?? 0);
  return {
    passed: Number(line?.[1] ?? 0),
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: Number(line?.[3] ?? 0),
  };
}

/** Adds two counts. */
export function addCounts(left: TestCount, right: TestCount): TestCount {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** The closing line of every test command. */
export function renderCount({ passed, failed, skipped }: TestCount): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Tells whether a run counts as good: something ran and nothing failed. */
export function isGreen({ passed, failed }: TestCount): boolean {
  return passed > 0 && failed === 0;
}
