/** What a command hands back: the value for programs and, by its view, the lines for people. */
export interface Outcome<Data = unknown> {
  /** The envelope's `data`. */
  readonly data: Data;
  /** Default 0; a check that found errors returns 1. */
  readonly exit?: number;
  readonly warnings?: readonly Warning[];
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
