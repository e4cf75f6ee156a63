import type { ComfydockError } from "../base/mod.ts";
import { printable } from "./printable.ts";
import type { Style } from "./types.ts";

const MAX_CAUSES = 8;

/**
 * Turns an error into what people read: `error: …`, indented causes, a blank line, `hint: …`.
 *
 * @param error What ended the command.
 * @param style Colours.
 * @param verbose How many `-v` were given: with one, what the program at fault wrote itself; with two, where it happened.
 */
export function renderError(error: ComfydockError, style: Style, verbose = 0): string[] {
  const lines = indentFurther(`${style.red("error:")} ${error.message}`, "  ");
  for (const cause of causesOf(error)) lines.push(...indentFurther(`  cause: ${cause}`, "    "));
  if (error.hint !== undefined) lines.push("", `${style.cyan("hint:")} ${error.hint}`);
  const { stderr } = error.details;
  if (verbose >= 1 && Array.isArray(stderr) && stderr.length > 0) {
    lines.push("", style.dim(String(error.details.command)), ...stderr.map((line) => `  ${line}`));
  }
  if (verbose >= 2) lines.push("", ...stackOf(error));
  return lines.map(printable);
}

/** A warning as people read it. */
export function renderWarning(message: string, style: Style): string {
  return printable(`${style.yellow("warning:")} ${message}`);
}

function indentFurther(text: string, indent: string): string[] {
  const [first = "", ...further] = text.trimEnd().split("\n");
  return [first, ...further.map((line) => `${indent}${line}`)];
}

/** The messages behind an error, save those that the message before already says. */
function causesOf(error: Error): string[] {
  const causes: string[] = [];
  let said = error.message;
  for (
    let cause = error.cause;
    cause !== undefined && cause !== null && causes.length < MAX_CAUSES;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    const message = cause instanceof Error ? cause.message || cause.name : String(cause);
    if (said.includes(message)) continue;
    causes.push(message);
    said = message;
  }
  return causes;
}

function stackOf(error: Error): string[] {
  const lines: string[] = [];
  for (
    let current: unknown = error, depth = 0;
    current instanceof Error && depth < MAX_CAUSES;
    current = current.cause, depth++
  ) lines.push(...(current.stack ?? String(current)).split("\n"));
  return lines;
}
