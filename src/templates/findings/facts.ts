/** How much a finding weighs: errors fail a check, warnings only with `--strict`. */
export type Severity = "error" | "warning";

/** What a check looks at; `templates check AREA` and `templates packages check AREA` choose by it. */
export type FindingArea =
  | "repository"
  | "sync"
  | "index"
  | "assets"
  | "duplicates"
  | "workflows"
  | "locales"
  | "manifest"
  | "links"
  | "policy"
  | "load"
  | "compat"
  | "docs"
  | "pins"
  | "pyproject"
  | "remote"
  | "ci"
  | "commits"
  | "python"
  | "tools";

/** What one code of a finding stands for. */
export interface FindingFacts {
  readonly area: FindingArea;
  readonly severity: Severity;
  /** What is wrong, in general; upper-case start, no full stop. */
  readonly meaning: string;
  /** What helps, where that is always the same. */
  readonly hint?: string;
}
