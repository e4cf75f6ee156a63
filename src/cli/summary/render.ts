import { type Envelope, formatDuration, printable } from "../../output/mod.ts";
import { cliErrors } from "../errors.ts";

/** What is shown at most, since a page takes no more than a mebibyte of summaries from one step. */
const MAX_LINES = 200;
const MAX_LINE = 500;
const OPEN_LINES = 30;

/**
 * Renders a result as Markdown for a page that shows what a job did.
 *
 * Whatever came from outside stands in fenced blocks, so that no name in it can become markup.
 *
 * @param envelope The result, without secrets.
 * @param lines What the command shows people.
 */
export function renderMarkdown(envelope: Envelope, lines: readonly string[]): string[] {
  const { ok, command, error, warnings, elapsed_ms: elapsed } = envelope;
  const name = ["comfydock", ...commandWords(command)].join(" ");
  const output = shorten(lines);
  const block = fence(output);
  const isLong = output.length > OPEN_LINES;
  return [
    `### ${ok ? ":white_check_mark:" : ":x:"} \`${name}\``,
    "",
    `${ok ? "Done" : "Failed"} in ${formatDuration(elapsed)}`,
    ...(error ? ["", ...fence(shorten(errorLines(error)))] : []),
    ...(warnings.length > 0
      ? ["", ...fence(shorten(warnings.map(({ message }) => `warning: ${message}`)))]
      : []),
    ...(isLong ? ["", "<details><summary>Output</summary>"] : []),
    ...(output.length > 0 ? ["", ...block] : []),
    ...(isLong ? ["", "</details>"] : []),
    "",
  ];
}

/**
 * Renders a result as the command itself would have shown it on standard output.
 *
 * That a check found errors is said in a line of its own, which the command leaves out: annotations come from it.
 */
export function renderText(envelope: Envelope, lines: readonly string[]): string[] {
  const { error } = envelope;
  const isCheck = error?.code === cliErrors.CHECK_FAILED.code;
  return [...lines, ...(isCheck ? errorLines(error) : [])];
}

/** The words of a command, without anything that no command is called by. */
export function commandWords(command: string): readonly string[] {
  return command.split(" ").filter((word) => /^[a-z][a-z0-9-]*$/.test(word));
}

function errorLines({ message, hint }: NonNullable<Envelope["error"]>): string[] {
  return [`error: ${message}`, ...(hint === undefined ? [] : ["", `hint: ${hint}`])];
}

/** Lines of bounded length and number. */
function shorten(texts: readonly string[]): string[] {
  const lines = texts.flatMap((text) => printable(text).split("\n"))
    .map((line) => line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line);
  if (lines.length <= MAX_LINES) return lines;
  return [...lines.slice(0, MAX_LINES), `… and ${lines.length - MAX_LINES} more lines`];
}

/** A block that ends with more backticks than anything in it has. */
function fence(lines: readonly string[]): string[] {
  const longest = Math.max(
    2,
    ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((run) => run.length),
  );
  const mark = "`".repeat(longest + 1);
  return [`${mark}text`, ...lines, mark];
}
