import { fileError } from "../../base/mod.ts";
import { LogLines } from "./log_lines.ts";
import { logFiles } from "./places.ts";

const FIRST_BYTES = 64 * 1024;
const LINE_END = 10;

/** Where in which file reading goes on. */
export interface LogPlace {
  /** Tells a file from the one that takes its name later. */
  readonly file: string;
  readonly offset: number;
}

/** The end of a log. */
export interface LogTail {
  /** Oldest first; not redacted. */
  readonly lines: readonly string[];
  /** What was written of a line that has not ended. */
  readonly unfinished?: string;
  /** Behind the last line that has ended; absent when there is no log yet. */
  readonly place?: LogPlace;
}

/**
 * Reads the last lines of a log, from earlier files too where the current one has fewer.
 *
 * @param log The file that is being written.
 * @param count How many lines at most.
 * @throws `FILE_UNREADABLE`
 */
export async function readLastLines(log: string, count: number): Promise<LogTail> {
  let lines: readonly string[] = [];
  let place: LogPlace | undefined;
  let unfinished: string | undefined;
  for (const path of logFiles(log)) {
    if (lines.length >= count && place !== undefined) break;
    const part = await readEnd(path, count - lines.length);
    if (part === undefined) continue;
    lines = [...part.lines, ...lines];
    if (path === log) ({ place, unfinished } = part);
  }
  return { lines, unfinished, place };
}

async function readEnd(
  path: string,
  count: number,
): Promise<LogTail | undefined> {
  const file = await openLog(path);
  if (file === undefined) return undefined;
  try {
    const info = await file.stat();
    for (let length = FIRST_BYTES;; length *= 4) {
      const start = Math.max(0, info.size - length);
      const bytes = await readRange(file, start, info.size - start);
      const whole = start === 0 ? bytes : bytes.subarray(bytes.indexOf(LINE_END) + 1);
      const splitter = new LogLines();
      const lines = splitter.push(whole);
      if (lines.length < count && start > 0) continue;
      const offset = start + bytes.lastIndexOf(LINE_END) + 1;
      return {
        lines: count === 0 ? [] : lines.slice(-count),
        unfinished: splitter.finish().at(0),
        place: { file: identityOf(info), offset },
      };
    }
  } catch (error) {
    throw fileError("Cannot read", path, error);
  } finally {
    file.close();
  }
}

/** Opens a log file; `undefined` when there is none of that name at the moment. */
export async function openLog(path: string): Promise<Deno.FsFile | undefined> {
  try {
    return await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", path, error);
  }
}

/** What stays the same when a file is renamed. */
export function identityOf({ dev, ino, birthtime }: Deno.FileInfo): string {
  return `${dev}:${ino ?? birthtime?.getTime()}`;
}

async function readRange(file: Deno.FsFile, start: number, length: number): Promise<Uint8Array> {
  await file.seek(start, Deno.SeekMode.Start);
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const read = await file.read(bytes.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
