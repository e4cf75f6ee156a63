import type { JsonPath } from "../../workflows/json/mod.ts";
import type { FindingCode } from "./codes.ts";
import type { FindingArea, Severity } from "./facts.ts";

/** One fault in the files of a repository. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly area: FindingArea;
  /** Below the root of the repository, with forward slashes; `.` stands for the root. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Place in the file, such as `$[2].templates[0].name`. */
  readonly path?: string;
  /** What is wrong, with the value at fault; upper-case start, no full stop. */
  readonly message: string;
  /** The command or change that helps. */
  readonly hint?: string;
  /** The values at fault, for programs. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Where a finding is. */
export interface FindingPlace {
  readonly file: string;
  readonly line?: number;
  /** Keys and positions in a JSON file, or the path as it shall be shown. */
  readonly path?: JsonPath | string;
}

/** Something that was read, and what was wrong with it; faulty parts are left out of the value. */
export interface Reading<Value> {
  readonly value: Value;
  readonly findings: readonly Finding[];
}
