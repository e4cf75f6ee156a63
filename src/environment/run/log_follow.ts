import { type Clock, fileError } from "../../base/mod.ts";
import { LogLines } from "./log_lines.ts";
import { identityOf, type LogPlace, openLog } from "./log_tail.ts";
import { logFiles } from "./places.ts";

const POLL_MS = 150;
const CHUNK = 64 * 1024;

/** How a log is followed. */
export interface FollowOptions {
  /** Where to begin; absent means at the beginning of a log that is not there yet. */
  readonly place?: LogPlace;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Gives out each line that is added to a log, through every change of file and every further run, until it is stopped.
 *
 * @param log The file that is being written; it need not exist yet.
 * @returns Lines as they end; not redacted.
 * @throws `INTERRUPTED` when the signal aborts, `FILE_UNREADABLE`
 */
export async function* followLog(
  log: string,
  { place, clock, signal }: FollowOptions,
): AsyncGenerator<string> {
  let file = await openPlace(log, place);
  let lines = new LogLines();
  try {
    for (;;) {
      if (file) yield* drain(file, lines, log);
      const next = await openNext(log, file);
      if (next === undefined) {
        await clock.sleep(POLL_MS, signal);
        continue;
      }
      // What was added between the last reading and the change of files.
      if (file) yield* drain(file, lines, log);
      yield* lines.finish();
      file?.close();
      file = next;
      lines = new LogLines();
    }
  } finally {
    file?.close();
  }
}

async function* drain(file: Deno.FsFile, lines: LogLines, log: string): AsyncGenerator<string> {
  const buffer = new Uint8Array(CHUNK);
  try {
    for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
      yield* lines.push(buffer.subarray(0, read));
    }
  } catch (error) {
    throw fileError("Cannot read", log, error);
  }
}

async function openPlace(log: string, place?: LogPlace): Promise<Deno.FsFile | undefined> {
  if (place === undefined) return undefined;
  for (const path of logFiles(log)) {
    const file = await openLog(path);
    if (file === undefined) continue;
    if (identityOf(await file.stat()) === place.file) {
      await file.seek(place.offset, Deno.SeekMode.Start);
      return file;
    }
    file.close();
  }
  return undefined;
}

/** Opens the file that is the next newer one, or nothing while ours is the newest. */
async function openNext(log: string, file?: Deno.FsFile): Promise<Deno.FsFile | undefined> {
  const ours = file && identityOf(await file.stat());
  let newer: Deno.FsFile | undefined;
  for (const path of logFiles(log)) {
    const candidate = await openLog(path);
    if (candidate === undefined) continue;
    if (identityOf(await candidate.stat()) === ours) {
      candidate.close();
      return newer;
    }
    newer?.close();
    newer = candidate;
  }
  // Ours is older than all that are left, so the oldest of them follows it; a first log begins with its only file.
  return newer;
}
