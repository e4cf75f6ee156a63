/** What a piece of work tells while it runs; views turn these into bars, lines or NDJSON. */
export type WorkEvent =
  | {
    readonly kind: "started";
    readonly id: string;
    readonly label: string;
    readonly total?: number;
    readonly unit?: Unit;
  }
  | { readonly kind: "advanced"; readonly id: string; readonly by: number; readonly total?: number }
  | { readonly kind: "finished"; readonly id: string; readonly summary?: string }
  | { readonly kind: "warned"; readonly code: string; readonly message: string }
  | { readonly kind: "logged"; readonly level: LogLevel; readonly message: string };

/** What progress is counted in. */
export type Unit = "items" | "bytes";

/** The levels of `--log-level`, from the most talkative. */
export type LogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR";

/** Receives what work tells; it never throws and never waits. */
export interface Reporter {
  /** Tells one event. */
  emit(event: WorkEvent): void;
}

/** A reporter that keeps silent. */
export const silentReporter: Reporter = { emit: () => {} };
