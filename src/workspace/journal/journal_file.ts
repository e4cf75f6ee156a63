import { join } from "node:path";
import {
  ComfydockError,
  fileError,
  parseJsonText,
  readBytesBounded,
  readRecord,
} from "../../base/mod.ts";
import { syncDirectory } from "../disk/mod.ts";
import { workspaceErrors } from "../errors.ts";
import { type BeginRecord, type JournalRecord, parseRecord, storeRecord } from "./records.ts";

/** A record and where it stands in its file. */
export interface JournalLine<Kind extends JournalRecord = JournalRecord> {
  readonly record: Kind;
  /** Bytes before the line. */
  readonly offset: number;
  /** Whether its effect has been taken back. */
  undone: boolean;
}

/** The journal of one transaction; each call returns when its bytes are on disk. */
export interface JournalFile {
  readonly begin: BeginRecord;
  /** All lines but the first. */
  readonly lines: readonly JournalLine[];
  append<Kind extends JournalRecord>(record: Kind): JournalLine<Kind>;
  /** Notes that a record's effect has been taken back; needs no room on the disk. */
  markUndone(line: JournalLine): void;
  close(): void;
}

export const JOURNAL_NAME = "journal.jsonl";

const MAX_BYTES = 256 << 20;
const MARK_START = '{"undone":';
const NEWLINE = 10;

/**
 * Starts a journal in a directory that exists.
 *
 * @param root The workspace; paths are stored relative to it.
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function createJournal(
  root: string,
  directory: string,
  begin: BeginRecord,
): Promise<JournalFile> {
  const path = join(directory, JOURNAL_NAME);
  try {
    const file = await Deno.open(path, { write: true, createNew: true });
    const journal = journalOn(file, { root, path, begin, lines: [], end: 0 });
    try {
      journal.append(begin);
      await syncDirectory(directory);
    } catch (error) {
      journal.close();
      throw error;
    }
    return journal;
  } catch (error) {
    throw fileError("Cannot write the journal", path, error);
  }
}

/**
 * Reads the journal that a directory holds; a last line that was cut off counts as not written.
 *
 * @returns `undefined` when it has not even a first line.
 * @throws `JOURNAL_DAMAGED`, `FILE_UNREADABLE`
 */
export async function readJournal(
  root: string,
  directory: string,
): Promise<Omit<OpenState, "root"> | undefined> {
  const path = join(directory, JOURNAL_NAME);
  const bytes = await readIfThere(path);
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end === 0) return undefined;
  const [first, ...lines] = parseLines(root, path, bytes.subarray(0, end));
  if (first?.record.op !== "begin") throw damaged(path, "it does not start with a beginning");
  return { path, begin: first.record, lines, end };
}

/**
 * Opens the journal that a directory holds, to go on with it.
 *
 * @returns `undefined` when it has not even a first line.
 * @throws `JOURNAL_DAMAGED`, `FILE_UNREADABLE`, `FILE_UNWRITABLE`
 */
export async function openJournal(
  root: string,
  directory: string,
): Promise<JournalFile | undefined> {
  const found = await readJournal(root, directory);
  if (!found) return undefined;
  try {
    const file = await Deno.open(found.path, { write: true });
    return journalOn(file, { root, ...found });
  } catch (error) {
    throw fileError("Cannot write the journal", found.path, error);
  }
}

async function readIfThere(path: string): Promise<Uint8Array> {
  try {
    await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return new Uint8Array();
  }
  return await readBytesBounded(path, MAX_BYTES);
}

function parseLines(root: string, path: string, bytes: Uint8Array): JournalLine[] {
  const decoder = new TextDecoder();
  const lines: JournalLine[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const next = bytes.indexOf(NEWLINE, offset) + 1;
    const where = `$[${lines.length}]`;
    try {
      const text = decoder.decode(bytes.subarray(offset, next));
      const value = readRecord(parseJsonText(text, where), where);
      lines.push({
        record: parseRecord(root, value, where),
        offset,
        undone: value.undone === 1,
      });
    } catch (error) {
      throw damaged(path, error instanceof Error ? error.message : String(error), error);
    }
    offset = next;
  }
  return lines;
}

function damaged(path: string, why: string, cause?: unknown): ComfydockError {
  return new ComfydockError(
    workspaceErrors.JOURNAL_DAMAGED,
    `Cannot read the journal "${path}": ${why}`,
    {
      hint: "Keep a copy of its directory, which holds the old files, then run comfydock repair",
      details: { path },
      cause,
    },
  );
}

/** What stands in a journal. */
export interface OpenState {
  readonly root: string;
  readonly path: string;
  readonly begin: BeginRecord;
  readonly lines: JournalLine[];
  end: number;
}

function journalOn(file: Deno.FsFile, state: OpenState): JournalFile {
  const { root, path, begin, lines } = state;
  const encoder = new TextEncoder();
  let open = true;
  const writeAt = (offset: number, bytes: Uint8Array) => {
    try {
      file.seekSync(offset, Deno.SeekMode.Start);
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      file.syncDataSync();
    } catch (error) {
      throw fileError("Cannot write the journal", path, error);
    }
  };
  return {
    begin,
    lines,
    append(record) {
      const bytes = encoder.encode(
        JSON.stringify({ undone: 0, ...storeRecord(root, record) }) + "\n",
      );
      const line = { record, offset: state.end, undone: false };
      try {
        writeAt(state.end, bytes);
      } catch (error) {
        // A part of the line must not be taken for one when the next is shorter.
        file.truncateSync(state.end);
        throw error;
      }
      state.end += bytes.length;
      if (record.op !== "begin") lines.push(line);
      return line;
    },
    markUndone(line) {
      line.undone = true;
      writeAt(line.offset + MARK_START.length, encoder.encode("1"));
    },
    close() {
      if (open) file.close();
      open = false;
    },
  };
}
