/** One run of a command, as the file of measurements has it: one JSON object a line. */
export interface Measurement {
  readonly command: string;
  /** ISO 8601. */
  readonly at: string;
  readonly ok: boolean;
  /** In milliseconds. */
  readonly duration_ms: number;
  /** Numbers of the result by name, such as `packages` or `bytes`. */
  readonly counts: Readonly<Record<string, number>>;
}

/** How a number of a command changed. */
export interface Growth {
  readonly command: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
  /** In percent of the number before. */
  readonly growth: number;
}

/** How often a package was downloaded in the last day, week and month. */
export interface Downloads {
  readonly name: string;
  readonly day: number;
  readonly week: number;
  readonly month: number;
}
