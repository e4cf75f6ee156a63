/**
 * Runs the tests and closes with `N passed, N failed`, counted from the run.
 *
 * Without paths, what builds whole programs runs after the rest, alone, so that its timings mean something.
 *
 * @example
 * ```sh
 * deno task test tests/base --filter readAsset
 * ```
 *
 * @module
 */
import { stageProgram } from "./compile.ts";
import { runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";
import { addCounts, isGreen, readTestCount, renderCount, type TestCount } from "./test_count.ts";

const ALONE = "tests/binary";
/** What takes gigabytes and has a task of its own. */
const HEAVY = "tests/heavy";

/**
 * Runs the tests, showing them as they go; the closing line is left to the caller.
 *
 * @param args Paths and options for `deno test`; without any, everything is run.
 * @param options Options for `deno test` in any case.
 */
export async function runTests(
  args: readonly string[],
  options: readonly string[] = [],
): Promise<TestCount> {
  const common = ["test", "-A", "--no-prompt", ...options];
  if (args.length > 0) return await run([...common, "--parallel", ...args]);
  const stage = await Deno.makeTempDir({ prefix: "comfydock-tests-" });
  try {
    // What is started a thousand times is started as it is shipped, which takes half the time of the sources.
    const env = {
      COMFYDOCK_TEST_PROGRAM: await stageProgram(stage),
      // Many tests wait for servers, clocks and terminals; one more than the processors fills the time.
      DENO_JOBS: Deno.env.get("DENO_JOBS") ?? `${navigator.hardwareConcurrency + 1}`,
    };
    const together = await run([...common, "--parallel", `--ignore=${ALONE},${HEAVY}`], env);
    return addCounts(together, await run([...common, ALONE]));
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TestCount> {
  const { stdout, code } = await runDeno(args, { live: true, env });
  return readTestCount(stdout, code);
}

if (import.meta.main) {
  const count = await runTests(Deno.args);
  say(renderCount(count));
  Deno.exit(isGreen(count) ? 0 : 1);
}
