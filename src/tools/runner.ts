import type { Environment } from "./child_environment.ts";
import { runProcess } from "./process_run.ts";
import type { CommandRunner } from "./types.ts";

/** What a runner is made of. */
export interface RunnerSettings {
  /** Variables of this process, from which those of children are made. */
  readonly env: Environment;
  /** How long a program may take to end when it is asked to, in milliseconds; default 5,000. */
  readonly graceMs?: number;
}

/** Creates the runner that starts real processes. */
export function createRunner({ env, graceMs = 5_000 }: RunnerSettings): CommandRunner {
  return { run: (spec, options = {}) => runProcess(spec, options, { env, graceMs }) };
}
