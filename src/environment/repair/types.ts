import type { ComfydockError } from "../../base/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";

/** The parts of an environment that can be damaged. */
export type RepairPart =
  | "journal"
  | "scratch"
  | "history"
  | "manifest"
  | "lock"
  | "python"
  | "venv"
  | "comfyui"
  | "models"
  | "model_files"
  | "nodes"
  | "workflows";

/** Something that is not as the manifest says. */
export interface RepairProblem {
  readonly part: RepairPart;
  /** One sentence without a full stop. */
  readonly problem: string;
  /** What {@linkcode RepairProblem.fix} does, in the infinitive. */
  readonly remedy?: string;
  /** What people can do; for problems that repair leaves alone. */
  readonly hint?: string;
  /** What stands in the way of looking closer. */
  readonly error?: ComfydockError;
  /** True for what is somebody's will rather than damage. */
  readonly told?: boolean;
  /** Settles the problem; absent where that is for people to decide. */
  readonly fix?: (transaction: Transaction) => Promise<unknown>;
}

/** Looks at one part; changes nothing itself. The state is absent where the manifest cannot be read. */
export type Examiner = (
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
) => Promise<readonly RepairProblem[]>;

/** What became of a problem: `noted` ones are left alone without being damage. */
export type FindingOutcome = "fixed" | "planned" | "remains" | "noted";

/** A problem and what became of it. */
export interface RepairFinding {
  readonly part: RepairPart;
  readonly problem: string;
  readonly remedy?: string;
  readonly outcome: FindingOutcome;
  readonly hint?: string;
  /** The error that stood in the way. */
  readonly error?: ComfydockError;
}

/** What a repair came to. */
export interface RepairReport {
  readonly findings: readonly RepairFinding[];
  /** False when something remains. */
  readonly ok: boolean;
}
