/**
 * Runs the tests and closes with `N passed, N failed`, counted from the run.
 *
 * @example
 * ```sh
 * deno task test tests/base --filter readAsset
 * ```
 *
 * @module
 */
import { stageProgram } from "./compile.ts";
import { filesBelow } from "./modules.ts";
import { type DenoRun, runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";
import { planBatches, type TestBatch } from "./test_batches.ts";
import { addCounts, isGreen, readTestCount, renderCount, type TestCount } from "./test_count.ts";

/** What takes gigabytes and has a task of its own. */
const HEAVY = "tests/heavy/";

/**
 * Runs the tests, showing them as they go, and what failed once more at the end; the closing line is left to the caller.
 *
 * @param args Paths and options for `deno test`; without any, everything is run, in several processes at a time.
 * @param options Options for `deno test` in any case.
 */
export async function runTests(
  args: readonly string[],
  options: readonly string[] = [],
): Promise<TestCount> {
  const common = ["test", "-A", "--no-prompt", ...options];
  if (args.length > 0) {
    const { stdout, code } = await runDeno([...common, "--parallel", ...args], { live: true });
    return readTestCount(stdout, code);
  }
  const stage = await Deno.makeTempDir({ prefix: "comfydock-tests-" });
  try {
    // What is started a thousand times is started as it is shipped, which takes half the time of the sources.
    const env = { COMFYDOCK_TEST_PROGRAM: await stageProgram(stage) };
    const paths = await filesBelow("tests", "_test.ts");
    const batches = planBatches(paths.filter((path) => !path.startsWith(HEAVY)));
    return await runBatches(batches, (batch) => runDeno([...common, ...batch], { env }));
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

async function runBatches(
  batches: readonly TestBatch[],
  run: (batch: TestBatch) => Promise<DenoRun>,
): Promise<TestCount> {
  const waiting = [...batches];
  const red: string[] = [];
  let count: TestCount = { passed: 0, failed: 0, skipped: 0 };
  const work = async () => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const { stdout, output, code } = await run(batch);
      say(output.trimEnd());
      if (code !== 0) red.push(output);
      count = addCounts(count, readTestCount(stdout, code));
    }
  };
  await Promise.all(Array.from({ length: lanes() }, work));
  // What failed may have scrolled away by now.
  for (const output of red) say(output.slice(Math.max(0, output.indexOf(" ERRORS "))).trimEnd());
  return count;
}

/** Many tests wait for servers, clocks and terminals; one more than the processors fills the time. */
function lanes(): number {
  return Number(Deno.env.get("DENO_JOBS") ?? navigator.hardwareConcurrency + 1);
}

if (import.meta.main) {
  const count = await runTests(Deno.args);
  say(renderCount(count));
  Deno.exit(isGreen(count) ? 0 : 1);
}
