/**
 * Holds the whole project to its rules: format, lint, types, import graph, docs, then the tests.
 *
 * The tests run beside the other steps. A red step does not hide the next; the last line is that of the tests, and a red
 * step makes the exit code 1.
 *
 * @example
 * ```sh
 * deno task ok
 * ```
 *
 * @module
 */
import { runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";
import { runTests } from "./test.ts";
import { isGreen, renderCount } from "./test_count.ts";

interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  {
    name: "types, examples in docs included",
    args: ["check", "--quiet", "--frozen", "--doc", ".", "README.md", "docs/library.md"],
  },
  { name: "import graph", args: ["run", "-A", "tasks/import_graph.ts"] },
  { name: "docs", args: ["run", "-A", "tasks/docs.ts"] },
];

/** Runs the steps one after the other, and gives what the red ones said. */
async function runSteps(): Promise<ReadonlyMap<string, string>> {
  const red = new Map<string, string>();
  for (const { name, args } of STEPS) {
    const { code, output, seconds } = await runDeno(args);
    say(`${code === 0 ? "✓" : "✗"} ${name} (${seconds.toFixed(1)} s)`);
    if (code !== 0) red.set(name, output);
  }
  return red;
}

// Types are checked by a step of their own, and a red one shall not hide what the tests say.
const [steps, count] = await Promise.all([runSteps(), runTests([], ["--no-check"])]);
for (const [name, output] of steps) say(`✗ ${name}\n${output}`);
const red = [...steps.keys(), ...(isGreen(count) ? [] : ["tests"])];
if (red.length > 0) say(`Red: ${red.join(", ")}`);
say(renderCount(count));
Deno.exit(red.length > 0 ? 1 : 0);
