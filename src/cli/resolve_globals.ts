import { join } from "node:path";
import type { ProgressMode } from "../output/mod.ts";
import type { Host } from "./host.ts";
import type { Environment, GlobalValues } from "./parse.ts";
import type { GlobalOptions } from "./types.ts";

/**
 * Joins the values of the global options with what the process says of itself.
 *
 * @param values From flags, environment variables and defaults.
 * @param host Its terminals and environment.
 */
export function resolveGlobals(values: GlobalValues, host: Host): GlobalOptions {
  const { env, stdout, stderr, stdinIsTerminal } = host;
  const mayAsk = stdinIsTerminal && stderr.isTerminal && !isContinuousIntegration(env);
  return {
    workspace: values.workspace ?? join(homeDirectory(env), ".comfydock_workspace"),
    env: values.env,
    json: values.json,
    yes: values.yes,
    // Whoever reads JSON is a program, also where a person watches it.
    interactive: mayAsk && !values.yes && !values.nonInteractive && !values.json,
    offline: values.offline,
    quiet: values.quiet,
    verbose: values.verbose,
    logLevel: values.logLevel ?? (values.verbose > 0 ? "DEBUG" : values.quiet ? "ERROR" : "INFO"),
    color: {
      stdout: useColor(values.color, env, stdout.isTerminal),
      stderr: useColor(values.color, env, stderr.isTerminal),
    },
    progress: progressMode(values, stderr.isTerminal && env.TERM !== "dumb"),
  };
}

/** `CI` counts as set unless it says no. */
function isContinuousIntegration(env: Environment): boolean {
  return !["", "0", "false"].includes((env.CI ?? "").toLowerCase());
}

function homeDirectory(env: Environment): string {
  return env.HOME || env.USERPROFILE || ".";
}

/** An explicit choice wins; then https://no-color.org, then https://force-color.org, then the terminal. */
export function useColor(
  choice: "auto" | "always" | "never",
  env: Environment,
  isTerminal: boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal && env.TERM !== "dumb";
}

function progressMode(values: GlobalValues, canDraw: boolean): ProgressMode {
  if (values.noProgress || values.quiet) return "none";
  if (values.progress === "json") return "json";
  return canDraw ? "bar" : "lines";
}
