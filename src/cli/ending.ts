import { ComfydockError, ExitCode } from "../base/mod.ts";
import {
  createEnvelope,
  createStyle,
  printable,
  renderEnvelope,
  renderError,
  type Style,
  type Warning,
} from "../output/mod.ts";
import type { Host } from "./host.ts";
import type { GlobalOptions } from "./types.ts";

/** How a run ended: what is printed and with which code the process ends. */
export interface Ending {
  readonly command: readonly string[];
  readonly data?: unknown;
  readonly view?: (style: Style) => readonly string[];
  readonly error?: ComfydockError;
  /** The view has already told people of the error. */
  readonly errorIsShown?: boolean;
  /** Default the error's code, or 0. */
  readonly exit?: number;
  readonly warnings: readonly Warning[];
  /** Lines for people before the error. */
  readonly preface?: () => readonly string[];
}

/**
 * Prints the data to stdout and the error to stderr.
 *
 * @returns The exit code, which is that of the printing when that failed.
 */
export function printEnding(
  ending: Ending,
  options: GlobalOptions,
  host: Host,
  elapsedMs: number,
): number {
  let { error, exit = error?.exit ?? ExitCode.ok } = ending;
  let shown = ending.errorIsShown === true;
  try {
    host.stdout.write(dataText(ending, options, host, elapsedMs));
  } catch (failure) {
    if (!(failure instanceof ComfydockError)) throw failure;
    error ??= failure;
    exit = exit || failure.exit;
    shown = false;
  }
  if (error && !shown) {
    const style = createStyle(options.color.stderr);
    const preface = options.json ? [] : ending.preface?.() ?? [];
    const lines = [
      ...(preface.length > 0 ? [...preface, ""] : []),
      ...renderError(error, style, options.verbose),
    ];
    writeQuietly(host, lines.map((line) => `${line}\n`).join(""));
  }
  return exit;
}

function dataText(
  { command, data, view, error, warnings }: Ending,
  options: GlobalOptions,
  host: Host,
  elapsedMs: number,
): string {
  if (options.json) {
    const facts = { command: command.join(" "), data, error, warnings, elapsedMs };
    return renderEnvelope(createEnvelope(facts));
  }
  const style = createStyle(options.color.stdout, host.size().columns);
  return (view?.(style) ?? []).map((line) => `${printable(line)}\n`).join("");
}

/** When even stderr cannot be written, the exit code alone has to tell. */
function writeQuietly({ stderr }: Host, text: string): void {
  try {
    stderr.write(text);
  } catch (failure) {
    if (!(failure instanceof ComfydockError)) throw failure;
  }
}
