/**
 * git and uv: command lines as values, one runner, answers and errors read into values, uv fetched where it is missing.
 *
 * @example
 * ```ts
 * import { command, createRunner } from "./mod.ts";
 *
 * const runner = createRunner({ env: Deno.env.toObject() });
 * const { stdout } = await runner.run(command({ program: "git", args: ["--version"] }));
 * ```
 *
 * @module
 */
export { command, type CommandSpec, describeCommand } from "./command.ts";
export type { Environment } from "./child_environment.ts";
export { toolErrors } from "./errors.ts";
export { type ProcessEnd, ProcessError } from "./process_error.ts";
export {
  type CommandRunner,
  createRunner,
  type OutputLine,
  type RunnerSettings,
  type RunOptions,
  type RunResult,
} from "./runner.ts";
