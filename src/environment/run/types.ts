/** One run of ComfyUI as its state file tells it. */
export interface RunRecord {
  /** Tells one run from the next. */
  readonly id: string;
  readonly environment: string;
  readonly mode: "foreground" | "detached";
  /** ComfyUI's own process, which leads a group where groups exist. */
  readonly pid: number;
  /** The process that keeps its log and waits for its end. */
  readonly keeperPid: number;
  /** Tells the process from a later one with the same number; absent where the system has no such mark. */
  readonly mark?: string;
  readonly port: number;
  /** The address that it listens on, as far as this machine reaches it. */
  readonly host: string;
  /** What was given behind `--`, without secrets. */
  readonly args: readonly string[];
  /** ISO 8601. */
  readonly started: string;
  /** Set when its end was seen. */
  readonly end?: RunEnd;
}

/** How ComfyUI ended. */
export interface RunEnd {
  /** Its exit code, or 128 and the number of the signal. */
  readonly code: number;
  /** Number of the signal that ended it. */
  readonly signal?: number;
  /** ISO 8601. */
  readonly at: string;
}

/** Whether ComfyUI runs. */
export type RunState =
  | { readonly status: "never" }
  | { readonly status: "running"; readonly run: RunRecord }
  | { readonly status: "ended"; readonly run: RunRecord & { readonly end: RunEnd } }
  /** Its process is gone and nobody saw how it ended, as after a power cut. */
  | { readonly status: "lost"; readonly run: RunRecord };

/** What `run` is asked for. */
export interface RunRequest {
  /** `auto`, or a number; absent means 8188 or what stands in `args`. */
  readonly port?: number | "auto";
  /** What is passed on to ComfyUI. */
  readonly args: readonly string[];
  readonly mode: "foreground" | "detached";
  /** Whether what differs from the lock is installed first. */
  readonly sync: boolean;
  /** Program and arguments of what keeps workflows in step meanwhile; absent when nothing shall. */
  readonly watch?: readonly string[];
}

/** How ComfyUI will be started; a value that `--dry-run` shows. */
export interface RunPlan {
  readonly environment: string;
  readonly mode: "foreground" | "detached";
  /** Whether something has to be installed first. */
  readonly sync: boolean;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly port: number;
  readonly host: string;
  readonly url: string;
  readonly log: string;
  /** What was given behind `--`. */
  readonly args: readonly string[];
  /** Program and arguments of what keeps workflows in step, and is ended with ComfyUI. */
  readonly watch?: readonly string[];
}
