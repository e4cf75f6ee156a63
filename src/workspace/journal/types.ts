import type { Checkpoints, Clock, JsonRecord, Reporter } from "../../base/mod.ts";
import type { WorkspaceLayout } from "../layout.ts";
import type { HeldLock } from "../locks/mod.ts";
import type { CommandChain } from "./links.ts";
import type { Keep } from "./records.ts";

/** How a state outside the files is brought back, such as the HEAD of a repository or the packages of a `.venv`. */
export interface NoteHandler {
  /** Reads the state of now, in the shape of the note's data. */
  capture(data: JsonRecord): Promise<JsonRecord>;
  /** Returns to a state; may be called again after a crash, and runs when the files are back already. */
  restore(data: JsonRecord): Promise<void>;
}

/** The handlers by the kind of their notes. */
export type NoteHandlers = Readonly<Record<string, NoteHandler>>;

/** What every use of the journal needs. */
export interface JournalContext {
  readonly layout: WorkspaceLayout;
  /** The locks that are held; they guard all that is changed. */
  readonly locks: readonly HeldLock[];
  readonly handlers: NoteHandlers;
  readonly checkpoints?: Checkpoints;
  readonly clock?: Clock;
  readonly reporter?: Reporter;
}

/** Whose transaction it is. */
export interface TransactionRequest extends JournalContext {
  /** The name of the environment that is changed, or `workspace`. */
  readonly scope: string;
  /** The command, such as `node add`. */
  readonly command: string;
  /** Whether `undo` can take it back after the commit; by default it can. */
  readonly undoable?: boolean;
  /** What the command has changed before; by default it stands alone. */
  readonly chain?: CommandChain;
  /** Ids of transactions of the same command that this one takes back. */
  readonly cancels?: readonly string[];
}

/** How the old content of a changed path is treated. */
export interface ChangeOptions {
  /** By default `undo`. */
  readonly keep?: Keep;
}

/** Changes of files that all hold or none; each is on disk when its call returns. */
export interface Transaction {
  readonly id: string;
  /** A path that does not exist, to build something in that is put in place later; it goes with the transaction. */
  stagePath(): Promise<string>;
  /** Puts something that was built elsewhere, best at a {@linkcode Transaction.stagePath}, where a target is or will be. */
  replace(target: string, staged: string, options?: ChangeOptions): Promise<void>;
  /** Takes a file, link or directory away; what does not exist is no fault. */
  remove(target: string, options?: ChangeOptions): Promise<void>;
  /** Writes a whole file; the mode of an old one is kept. */
  writeFile(target: string, content: Uint8Array | string, options?: ChangeOptions): Promise<void>;
  /** Moves something to where nothing is. */
  move(from: string, to: string): Promise<void>;
  /** Moves something that a user made to the trash; what does not exist is no fault. */
  trash(target: string): Promise<void>;
  /**
   * Notes a state outside the files before it is changed, so that its handler can return to it.
   *
   * @param kind The kind of the handler.
   * @param data The state to return to, as JSON.
   */
  note(kind: string, data: JsonRecord): Promise<void>;
}

/** A state outside the files that could not be brought back yet. */
export interface PendingNote {
  readonly transaction: string;
  readonly command: string;
  readonly scope: string;
  readonly kind: string;
  readonly data: JsonRecord;
  readonly error: unknown;
}

/** What became of transactions that were cut off. */
export interface RecoveryReport {
  /** Taken back: id, command and scope. */
  readonly undone: readonly RecoveredTransaction[];
  /** Committed before, and finished now. */
  readonly finished: readonly RecoveredTransaction[];
  readonly pending: readonly PendingNote[];
}

/** A transaction that was cut off. */
export interface RecoveredTransaction {
  readonly id: string;
  readonly command: string;
  readonly scope: string;
}
