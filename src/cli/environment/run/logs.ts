import { ComfydockError } from "../../../base/mod.ts";
import { followLog, readLastLines, runErrors } from "../../../environment/run/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { untilInterrupted } from "../../until_interrupted.ts";
import { commandEnvironment } from "../world.ts";
import type { logsOptions } from "./options.ts";

/** What `logs` tells. */
export interface LogsData {
  readonly environment: string;
  readonly log: string;
  /** Oldest first; with `--follow` they were given out as they came. */
  readonly lines: readonly string[];
}

/** Reads the last lines, and with `--follow` gives out each that comes. */
export async function run(
  { options: { follow, lines: count } }: InputOf<typeof logsOptions>,
  context: CommandContext,
): Promise<Outcome<LogsData>> {
  const { world, environment: { name, log } } = await commandEnvironment(context);
  const { lines, unfinished, place } = await readLastLines(log, count);
  if (!follow) {
    if (place === undefined) throw noLog(name, log);
    const all = [...lines, ...(unfinished === undefined ? [] : [unfinished])];
    return { data: { environment: name, log, lines: count === 0 ? [] : all.slice(-count) } };
  }
  if (place === undefined) {
    const message = `ComfyUI of ${name} has not run yet; its log is waited for`;
    world.report.emit({ kind: "warned", code: runErrors.RUN_LOG_MISSING.code, message });
  }
  const give = (line: string) => context.follow({ line }, [line]);
  let read = lines.every(give);
  await untilInterrupted(context.signal, async () => {
    if (!read) return;
    for await (const line of followLog(log, { ...world, place })) {
      read = give(line);
      if (!read) break;
    }
  });
  return { data: { environment: name, log, lines: [] }, endless: true };
}

function noLog(environment: string, log: string): ComfydockError {
  return new ComfydockError(
    runErrors.RUN_LOG_MISSING,
    `Cannot show the log of "${environment}": its ComfyUI has not run yet`,
    { hint: `Run comfydock run --env ${environment}`, details: { log } },
  );
}

/** The lines as they are. */
export function view({ lines }: LogsData): readonly string[] {
  return lines;
}
