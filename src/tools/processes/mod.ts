/**
 * Programs run to their end, for commands that start sooner without all the others of this room.
 *
 * @example
 * ```ts
 * import { createRunner } from "./mod.ts";
 *
 * const runner = createRunner({ env: Deno.env.toObject() });
 * const { stdout } = await runner.run({ program: "git", args: ["--version"] });
 * ```
 *
 * @module
 */
export { createRunner, type RunnerSettings } from "../runner.ts";
export type { CommandRunner, RunOptions, RunResult } from "../types.ts";
