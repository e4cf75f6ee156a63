import { ComfydockError } from "../../../base/mod.ts";
import { pythonEnvironment } from "../../../tools/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { nodeChangeErrors } from "../errors.ts";
import { continueBisect, requireBisect } from "./apply.ts";
import type { BisectAnswer, BisectStep } from "./types.ts";

/** As `git bisect run` has it. */
const SKIP_CODE = 125;
const LAST_BAD_CODE = 127;

/**
 * Answers all tests of a search by the exit code of a program: 0 is good, 125 skips, any other up to 127 is bad.
 *
 * It runs in the directory of ComfyUI, as if `.venv` were activated.
 *
 * @param command The program and its arguments; there is no shell.
 * @returns The end of the search; what came before is given to `onStep`.
 * @throws `BISECT_NONE`, `NODE_SCRIPT_FAILED` when the program ends in another way, `TOOL_MISSING`, `INTERRUPTED`
 */
export async function runBisect(
  world: EnvironmentWorld,
  command: readonly [string, ...string[]],
  onStep: (answer: BisectAnswer, next: BisectStep) => void,
): Promise<BisectStep> {
  await requireBisect(world);
  for (;;) {
    const answer = await ask(world, command);
    const step = await continueBisect(world, answer);
    onStep(answer, step);
    if (step.kind !== "test") return step;
  }
}

async function ask(
  { runner, environment: { comfyui, venv }, env, signal, report }: EnvironmentWorld,
  [program, ...args]: readonly [string, ...string[]],
): Promise<BisectAnswer> {
  const accept = Array.from({ length: 256 }, (_, code) => code);
  const own = pythonEnvironment(env, venv);
  const { code } = await runner.run({ program, args, cwd: comfyui, env: own }, {
    accept,
    signal,
    onLine: ({ text }) => report.emit({ kind: "logged", level: "INFO", message: text }),
  });
  if (code === 0) return "good";
  if (code === SKIP_CODE) return "skip";
  if (code <= LAST_BAD_CODE) return "bad";
  throw new ComfydockError(
    nodeChangeErrors.NODE_SCRIPT_FAILED,
    `Cannot go on with the search: ${program} ended with ${code}, which is no answer`,
    {
      hint:
        "Let it end with 0 for good, 125 to skip and 1 for bad; the search goes on where it was",
      details: { code },
    },
  );
}
