import type { TomlTable } from "../../pyproject/mod.ts";

/** A file that goes into a distribution. */
export interface DistributionFile {
  /** Below the directory of the project, with forward slashes. */
  readonly path: string;
  /** Absolute path of its content. */
  readonly place: string;
}

/** A Python project from which wheel and source distribution are written. */
export interface Distribution {
  /** As written in its pyproject. */
  readonly name: string;
  readonly version: string;
  /** Its whole pyproject. */
  readonly table: TomlTable;
  /** Name that Python imports. */
  readonly module: string;
  /** Directory that holds the module, below that of the project; empty for the project itself. */
  readonly source: string;
  /** What the wheel holds of the module, and the source distribution as well. */
  readonly moduleFiles: readonly DistributionFile[];
  /** What only the source distribution holds: pyproject, readme, licence. */
  readonly besideFiles: readonly DistributionFile[];
}

/** A file of a distribution that was written. */
export interface WrittenFile {
  readonly kind: "wheel" | "sdist";
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}
