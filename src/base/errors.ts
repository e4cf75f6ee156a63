/** The exit codes of the command-line contract; the list is small and stable. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  missingTool: 3,
  notFound: 4,
  refused: 5,
  network: 6,
  toolFailed: 7,
  interrupted: 130,
} as const;

/** One of the documented process exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What one stable error code stands for: its name, the exit code it leads to, and its meaning. */
export interface ErrorKind {
  readonly code: string;
  readonly exit: ExitCode;
  readonly meaning: string;
}

/** Facts that go with an error: advice in `hint`, values in `details`, the origin in `cause`. */
export interface ErrorFacts {
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** An error that people can act on; everything comfydock throws on purpose is one. */
export class ComfydockError extends Error {
  /** Stable name of the failure, such as `HTTP_STATUS`. */
  readonly code: string;
  /** The code that the process ends with when nothing handles this error. */
  readonly exit: ExitCode;
  /** The command or change that helps. */
  readonly hint?: string;
  /** The values at fault, for programs. */
  readonly details: Readonly<Record<string, unknown>>;

  /**
   * Creates an error of a documented kind.
   *
   * @param kind What failed, from a room's `errors.ts`.
   * @param message What was being done and the value at fault; upper case start, no full stop.
   * @param facts Hint, details and cause.
   */
  constructor(kind: ErrorKind, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "ComfydockError";
    this.code = kind.code;
    this.exit = kind.exit;
    this.hint = facts.hint;
    this.details = facts.details ?? {};
  }
}

/**
 * Declares the error kinds of one room, so that their list can be documented and checked.
 *
 * @param kinds Code to exit code and meaning.
 * @returns The same kinds, each knowing its own code.
 */
export function defineErrors<Code extends string>(
  kinds: Readonly<Record<Code, { readonly exit: ExitCode; readonly meaning: string }>>,
): Readonly<Record<Code, ErrorKind>> {
  const entries = Object.entries<{ exit: ExitCode; meaning: string }>(kinds)
    .map(([code, kind]) => [code, { code, ...kind }]);
  return Object.freeze(Object.fromEntries(entries));
}

/** Tells whether a value is an error of one kind. */
export function isKind(error: unknown, kind: ErrorKind): error is ComfydockError {
  return error instanceof ComfydockError && error.code === kind.code;
}

/** The error kinds that any room may meet. */
export const baseErrors: Readonly<
  Record<
    | "INTERNAL"
    | "INTERRUPTED"
    | "FILE_NOT_FOUND"
    | "FILE_UNREADABLE"
    | "FILE_UNWRITABLE"
    | "DISK_FULL"
    | "FILE_TOO_LARGE"
    | "DATA_INVALID",
    ErrorKind
  >
> = defineErrors({
  INTERNAL: { exit: ExitCode.failed, meaning: "A fault in comfydock itself" },
  INTERRUPTED: { exit: ExitCode.interrupted, meaning: "Stopped by Ctrl-C or a signal" },
  FILE_NOT_FOUND: { exit: ExitCode.notFound, meaning: "A file that was named does not exist" },
  FILE_UNREADABLE: { exit: ExitCode.failed, meaning: "A file exists and cannot be read" },
  FILE_UNWRITABLE: { exit: ExitCode.failed, meaning: "A file or directory cannot be written" },
  DISK_FULL: { exit: ExitCode.failed, meaning: "The disk has no room for what is being written" },
  FILE_TOO_LARGE: { exit: ExitCode.failed, meaning: "A file is larger than is accepted" },
  DATA_INVALID: { exit: ExitCode.failed, meaning: "Data from outside has the wrong shape" },
});
