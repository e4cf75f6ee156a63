import { isAbsolute, relative, resolve, sep } from "node:path";
import {
  invalidData,
  type JsonRecord,
  optional,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../base/mod.ts";

/**
 * What becomes of an old file after the commit: `undo` keeps it until the next transaction, `trash` moves it to the trash
 * then, `none` deletes it at once.
 */
export type Keep = "undo" | "trash" | "none";

/** The first record: whose transaction this is. */
export interface BeginRecord {
  readonly op: "begin";
  readonly id: string;
  readonly command: string;
  /** Environment, or `workspace`. */
  readonly scope: string;
  /** The locks that guard what is changed. */
  readonly locks: readonly string[];
  /** ISO 8601. */
  readonly at: string;
  readonly undoable: boolean;
  /** The command that it is a part of, where that is another one. */
  readonly whole?: string;
  /** Id of the transaction before it that belongs to the same command and can be taken back. */
  readonly follows?: string;
  /** Ids of those of the same command that it took back. */
  readonly cancels?: readonly string[];
}

/** One change of files; the paths are absolute in memory and relative to the workspace on disk. */
export type FileRecord =
  | {
    readonly op: "replace";
    readonly n: number;
    readonly target: string;
    readonly staged: string;
    /** Whether something stood at the target. */
    readonly had: boolean;
    readonly keep: Keep;
    /** Parent directories that were missing, outermost first. */
    readonly made: readonly string[];
  }
  | { readonly op: "remove"; readonly n: number; readonly target: string; readonly keep: Keep }
  | {
    readonly op: "move";
    readonly n: number;
    readonly from: string;
    readonly to: string;
    readonly made: readonly string[];
  }
  | {
    readonly op: "trash";
    readonly n: number;
    readonly target: string;
    /** Id of the trash entry. */
    readonly entry: string;
  };

/** A state outside the files, to which a handler can return. */
export interface NoteRecord {
  readonly op: "note";
  readonly n: number;
  readonly kind: string;
  readonly data: JsonRecord;
}

/** The last record of a transaction that holds. */
export interface CommitRecord {
  readonly op: "commit";
  readonly at: string;
}

/** One line of a journal. */
export type JournalRecord = BeginRecord | FileRecord | NoteRecord | CommitRecord;

const PATH_FIELDS = ["target", "staged", "from", "to"];
const SCHEMA = 1;

/** A record as the journal stores it. */
export function storeRecord(root: string, record: JournalRecord): JsonRecord {
  const stored: Record<string, unknown> = { ...record };
  if (record.op === "begin") return { schema: SCHEMA, ...stored };
  if (record.op === "note") return stored;
  for (const field of PATH_FIELDS) {
    const path = stored[field];
    if (typeof path === "string") stored[field] = storePath(root, path);
  }
  if ("made" in record) stored.made = record.made.map((path) => storePath(root, path));
  return stored;
}

function storePath(root: string, path: string): string {
  const inside = relative(root, path);
  const outside = inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  return outside ? path : inside.replaceAll(sep, "/");
}

/**
 * Reads a record as the journal stores it.
 *
 * @throws `DATA_INVALID`
 */
export function parseRecord(root: string, value: unknown, at: string): JournalRecord {
  const data = readRecord(value, at);
  const text = (field: string) => readText(data[field], `${at}.${field}`);
  const path = (field: string) => resolve(root, text(field));
  const paths = (field: string) =>
    readList(data[field], `${at}.${field}`).map((item) => resolve(root, readText(item, at)));
  const n = () => readNumber(data.n, `${at}.n`);
  const keep = () => readKeep(data.keep, `${at}.keep`);
  switch (data.op) {
    case "begin":
      if (data.schema !== SCHEMA) throw invalidData(`${at}.schema`, `${SCHEMA}`, data.schema);
      return {
        op: "begin",
        id: text("id"),
        command: text("command"),
        scope: text("scope"),
        locks: readTexts(data.locks, `${at}.locks`),
        at: text("at"),
        undoable: readBoolean(data.undoable, `${at}.undoable`),
        whole: optional(data.whole, `${at}.whole`, readText),
        follows: optional(data.follows, `${at}.follows`, readText),
        cancels: optional(data.cancels, `${at}.cancels`, readTexts),
      };
    case "replace":
      return {
        op: "replace",
        n: n(),
        target: path("target"),
        staged: path("staged"),
        had: readBoolean(data.had, `${at}.had`),
        keep: keep(),
        made: paths("made"),
      };
    case "remove":
      return { op: "remove", n: n(), target: path("target"), keep: keep() };
    case "move":
      return { op: "move", n: n(), from: path("from"), to: path("to"), made: paths("made") };
    case "trash":
      return { op: "trash", n: n(), target: path("target"), entry: text("entry") };
    case "note":
      return {
        op: "note",
        n: n(),
        kind: text("kind"),
        data: readRecord(data.data, `${at}.data`),
      };
    case "commit":
      return { op: "commit", at: text("at") };
    default:
      throw invalidData(`${at}.op`, "a known operation", data.op);
  }
}

function readTexts(value: unknown, path: string): readonly string[] {
  return readList(value, path).map((item) => readText(item, path));
}

function readKeep(value: unknown, path: string): Keep {
  if (value === "undo" || value === "trash" || value === "none") return value;
  throw invalidData(path, "undo, trash or none", value);
}
