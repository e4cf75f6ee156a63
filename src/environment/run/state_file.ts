import {
  invalidData,
  type JsonRecord,
  optional,
  parseJsonText,
  readList,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
} from "../../base/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { RunEnd, RunRecord } from "./types.ts";

/** The version of the state file's shape. */
export const RUN_STATE_SCHEMA = 1;

const MAX_BYTES = 1_000_000;

/**
 * Reads the file that tells of an environment's last run.
 *
 * @returns `undefined` where there is none.
 * @throws `DATA_INVALID`, `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readRunRecord(path: string): Promise<RunRecord | undefined> {
  if (!await lookAt(path)) return undefined;
  const data = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), path), "$");
  return {
    id: readText(data.id, "$.id", 100),
    environment: readText(data.environment, "$.environment", 200),
    mode: data.mode === "foreground" ? "foreground" : "detached",
    pid: readPid(data.pid, "$.pid"),
    keeperPid: readPid(data.keeper_pid, "$.keeper_pid"),
    mark: optional(data.mark, "$.mark", readText),
    port: readNumber(data.port, "$.port"),
    host: readText(data.host, "$.host", 300),
    args: readList(data.args, "$.args").map((word, at) => readText(word, `$.args[${at}]`)),
    started: readText(data.started, "$.started", 40),
    end: readEnd(data),
  };
}

// A number below 2 would, as a group, be signalled as everything that belongs to the user.
function readPid(value: unknown, path: string): number {
  const pid = readNumber(value, path);
  if (Number.isInteger(pid) && pid > 1) return pid;
  throw invalidData(path, "the number of a process", value);
}

function readEnd(data: JsonRecord): RunEnd | undefined {
  const at = optional(data.ended, "$.ended", readText);
  if (at === undefined) return undefined;
  return {
    at,
    code: readNumber(data.exit_code, "$.exit_code"),
    signal: optional(data.signal, "$.signal", readNumber),
  };
}
