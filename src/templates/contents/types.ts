/** A file of a package: one of its own, or a copy of one that lies elsewhere in the repository. */
export interface PackageFile {
  /** Where it stands once the copies are made; below the root of the repository. */
  readonly target: string;
  /** Where its content comes from; below the root. */
  readonly source: string;
  /** `own` files are where they are; an `index` copy leaves out what is not packaged. */
  readonly kind: "own" | "copy" | "index";
  /** The template that it belongs to. */
  readonly id?: string;
}

/** The files of every package, by the id of the package, each list in the order of targets. */
export type PackageContents = ReadonlyMap<string, readonly PackageFile[]>;
