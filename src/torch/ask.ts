import { ComfydockError, isKind } from "../base/mod.ts";
import { command, type CommandRunner, toolErrors } from "../tools/mod.ts";

const TIME_LIMIT_MS = 20_000;
const MAX_OUTPUT = 1024 ** 2;

/** What a program of a driver said. */
export type Answer =
  | { readonly status: "absent" }
  | { readonly status: "failed"; readonly why: string }
  | { readonly status: "said"; readonly text: string };

/**
 * Runs a program that comes with a driver; that it is absent, fails or hangs are answers too.
 *
 * @throws `INTERRUPTED`
 */
export async function ask(
  runner: CommandRunner,
  program: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<Answer> {
  try {
    const { stdout } = await runner.run(command({ program, args }), {
      signal,
      timeoutMs: TIME_LIMIT_MS,
      maxOutput: MAX_OUTPUT,
    });
    return { status: "said", text: stdout };
  } catch (error) {
    if (isKind(error, toolErrors.TOOL_MISSING)) return { status: "absent" };
    if (isKind(error, toolErrors.TOOL_TIMEOUT)) {
      return { status: "failed", why: `it gave no answer within ${TIME_LIMIT_MS / 1000} s` };
    }
    if (isKind(error, toolErrors.TOOL_FAILED)) return { status: "failed", why: lastLine(error) };
    throw error;
  }
}

function lastLine(error: ComfydockError): string {
  const { stderr, exit_code: code } = error.details;
  const line = Array.isArray(stderr) ? stderr.at(-1) : undefined;
  return typeof line === "string" ? `it failed: ${line}` : `it ended with exit code ${code}`;
}
