/** How bad a finding is: an error fails the check, a warning does not. */
export type Severity = "error" | "warning";

/** What validation can find; the names are stable. */
export type FindingCode =
  | "STRUCTURE"
  | "SCHEMA_VERSION"
  | "COUNT_MISMATCH"
  | "ORPHAN_PACKAGE"
  | "ORPHAN_VERSION"
  | "DUPLICATE_ID"
  | "RANK_ORDER"
  | "TIMESTAMP_INVALID"
  | "TIMESTAMP_FUTURE"
  | "TIMESTAMP_ORDER"
  | "CACHE_PACKAGE_MISSING"
  | "CACHE_VERSION_MISSING"
  | "STATUS_DISAGREES"
  | "CHECKSUM_MISMATCH"
  | "SNAPSHOT_FILE_MISSING"
  | "SHRINKAGE";

/** One thing that validation found. */
export interface Finding {
  readonly severity: Severity;
  readonly code: FindingCode;
  /** JSON path of the value at fault, such as `$.packages["a"].versions["1.0.0"]`; `$` is the whole file. */
  readonly path: string;
  readonly message: string;
  /** The file that was checked. */
  readonly file: string;
}

/** What a validation run came to. */
export interface ValidationReport {
  /** True when no error was found; warnings do not count. */
  readonly ok: boolean;
  /** In the order found; at most `keepPerCode` of each code. */
  readonly findings: readonly Finding[];
  /** How often each code was found, kept or not. */
  readonly counts: Readonly<Partial<Record<FindingCode, number>>>;
  readonly errors: number;
  readonly warnings: number;
}

/** Receives findings of one file. */
export type FindingSink = (
  severity: Severity,
  code: FindingCode,
  path: string,
  message: string,
) => void;

/** Gathers findings: keeps a bounded number of each code and counts all. */
export class FindingCollector {
  readonly #keepPerCode: number;
  readonly #findings: Finding[] = [];
  readonly #counts: Partial<Record<FindingCode, number>> = {};
  #errors = 0;
  #warnings = 0;

  /**
   * Starts empty.
   *
   * @param keepPerCode How many findings of one code are kept, at least 1; the rest is only counted.
   */
  constructor(keepPerCode = 50) {
    this.#keepPerCode = keepPerCode;
  }

  /** A sink for the findings of one file. */
  sink(file: string): FindingSink {
    return (severity, code, path, message) => {
      const count = (this.#counts[code] ?? 0) + 1;
      this.#counts[code] = count;
      if (severity === "error") this.#errors++;
      else this.#warnings++;
      if (count <= this.#keepPerCode) {
        this.#findings.push({ severity, code, path, message, file });
      }
    };
  }

  /** What was gathered so far. */
  report(): ValidationReport {
    return {
      ok: this.#errors === 0,
      findings: [...this.#findings],
      counts: { ...this.#counts },
      errors: this.#errors,
      warnings: this.#warnings,
    };
  }
}

/** Extends a JSON path by an object key, such as `$.packages` and `a b` to `$.packages["a b"]`. */
export function keyPath(path: string, key: string): string {
  return `${path}[${JSON.stringify(key)}]`;
}
