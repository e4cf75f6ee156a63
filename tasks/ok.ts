/**
 * Holds the whole project to its rules: format, lint, types, import graph, docs, then the tests.
 *
 * A red step does not hide the next; the last line is that of the tests, and a red step makes the exit code 1.
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

const red: string[] = [];
for (const { name, args } of STEPS) {
  const { code, output, seconds } = await runDeno(args);
  say(`${code === 0 ? "✓" : "✗"} ${name} (${seconds.toFixed(1)} s)`);
  if (code === 0) continue;
  red.push(name);
  say(output);
}
// Types were checked above, and a red check shall not hide what the tests say.
const count = await runTests([], ["--no-check"]);
if (!isGreen(count)) red.push("tests");
if (red.length > 0) say(`Red: ${red.join(", ")}`);
say(renderCount(count));
Deno.exit(red.length > 0 ? 1 : 0);
