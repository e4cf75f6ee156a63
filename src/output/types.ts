import type { ComfydockError } from "../base/mod.ts";

/** What a command hands back: the value for programs and, by its view, the lines for people. */
export interface Outcome<Data = unknown> {
  /** The envelope's `data`. */
  readonly data: Data;
  /** Default 0, or the exit code of `error`; a check that found errors returns 1. */
  readonly exit?: number;
  /** Set when the thing asked for failed and there is data to show all the same. */
  readonly error?: ComfydockError;
  readonly warnings?: readonly Warning[];
  /** Set when `exit` is that of a program which Ctrl-C was handed to: it then counts, not the interruption. */
  readonly ownExit?: boolean;
  /** Set for what goes on until Ctrl-C: the exit code tells of that, and nothing is called an error. */
  readonly endless?: boolean;
}

/** Something worth telling that did not stop the work. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** How a view may draw: colour functions that return the text unchanged when colour is off, and the width. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  /** Columns of the terminal; 80 when there is none. */
  readonly width: number;
}

/** Turns a command's value into lines for people. */
export type View<Data> = (data: Data, style: Style) => readonly string[];

/** Columns and rows of a terminal. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Where text goes: one of the standard streams, or a test's buffer. */
export interface TextStream {
  readonly isTerminal: boolean;
  /** Writes all of the text; a reader that is gone is no error. */
  write(text: string): void;
  /** True once the reader was found gone. */
  readonly readerGone?: boolean;
}
