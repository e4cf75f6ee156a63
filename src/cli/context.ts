import type { LogLevel, Reporter, WorkEvent } from "../base/mod.ts";
import {
  type Ask,
  createStyle,
  type Display,
  printable,
  redactDeep,
  refusingAsk,
  renderWarning,
  type Warning,
} from "../output/mod.ts";
import { openSession } from "../session/mod.ts";
import type { Host } from "./host.ts";
import type { CommandContext, CommandDefinition, GlobalOptions } from "./types.ts";

/** A command's world together with the warnings that it collects for the envelope. */
export interface RunContext {
  readonly context: CommandContext;
  /** Adds warnings that the command returned. */
  warn(warning: Warning): void;
  /** All warnings so far; beyond a bound only their number. */
  warnings(): readonly Warning[];
}

const MOST_WARNINGS = 200;
const LEVELS: readonly LogLevel[] = ["DEBUG", "INFO", "WARNING", "ERROR"];

/**
 * Makes the world that a command sees.
 *
 * @param command What is run; all that it changes is undone together.
 * @param options Joined global options.
 * @param host The process.
 * @param display The writer for people.
 * @param signal Aborted by Ctrl-C.
 */
export function createContext(
  { path, changes }: Pick<CommandDefinition, "path" | "changes">,
  options: GlobalOptions,
  host: Host,
  display: Display,
  signal: AbortSignal,
): RunContext {
  const style = createStyle(options.color.stderr, host.size().columns);
  const shows = (level: LogLevel) => LEVELS.indexOf(level) >= LEVELS.indexOf(options.logLevel);
  const asEvents = options.progress === "json";
  const seen = new Set<string>();
  const kept: Warning[] = [];
  let omitted = 0;
  const warn = ({ code, message }: Warning) => {
    const key = `${code}\n${message}`;
    if (seen.has(key)) return;
    if (kept.length === MOST_WARNINGS) {
      omitted++;
      return;
    }
    seen.add(key);
    kept.push({ code, message });
    if (asEvents) display.show({ kind: "warned", code, message });
    else if (shows("WARNING")) display.print([renderWarning(message, style)]);
  };
  const log = (event: WorkEvent & { kind: "logged" }) => {
    if (!shows(event.level)) return;
    if (asEvents) return display.show(event);
    const mark = {
      DEBUG: style.dim("debug:"),
      INFO: "",
      WARNING: style.yellow("warning:"),
      ERROR: style.red("error:"),
    }[event.level];
    display.print([printable(`${mark} ${event.message}`.trimStart())]);
  };
  const report: Reporter = {
    emit(event) {
      if (event.kind === "warned") warn(event);
      else if (event.kind === "logged") log(event);
      else display.show(event);
    },
  };
  return {
    warn,
    warnings: () =>
      omitted === 0 ? kept : [...kept, {
        code: "WARNINGS_OMITTED",
        message: `${omitted} further warnings are not shown`,
      }],
    context: {
      ...openSession({
        env: host.env,
        report,
        signal,
        clock: host.clock,
        offline: options.offline,
        chain: changes ? { command: path.join(" "), last: new Map() } : undefined,
      }),
      options,
      ask: createAsk(options, host, display, signal),
      warn: (code, message) => warn({ code, message }),
      follow(record, lines) {
        const texts = options.json ? [JSON.stringify(redactDeep(record))] : lines.map(printable);
        host.stdout.write(texts.map((text) => `${text}\n`).join(""));
        return host.stdout.readerGone !== true;
      },
    },
  };
}

/** Questions go to the terminal where there is one; the library for that is loaded with the first question. */
function createAsk(
  { yes, interactive }: GlobalOptions,
  host: Host,
  display: Display,
  signal: AbortSignal,
): Ask {
  if (!interactive) return refusingAsk({ yes });
  const asking = <Answer>(question: (ask: Ask) => Promise<Answer>): Promise<Answer> =>
    display.aside(async () => {
      const { terminalAsk } = await import("../output/ask/terminal.ts");
      return question(terminalAsk({ stream: host.stderr, size: host.size(), signal }));
    });
  return {
    choose: (question) => asking((ask) => ask.choose(question)),
    confirm: (question) => asking((ask) => ask.confirm(question)),
    text: (question) => asking((ask) => ask.text(question)),
    secret: (question) => asking((ask) => ask.secret(question)),
  };
}
