import type { PackageKind, TemplatePackage } from "../types.ts";
import type { ReleaseBase } from "./tags.ts";

/** How a file of a package differs from the last release. */
export type ChangeRule =
  | "added"
  | "removed"
  | "changed"
  /** Only the version of the package's own pyproject. */
  | "version"
  /** Of an index file, only blanks and line ends. */
  | "formatting"
  /** The last release had no such package. */
  | "new package"
  /** There is no last release. */
  | "first release"
  /** The package pins another that changed. */
  | "follows";

/** One reason why a package has to be released. */
export interface ChangeReason {
  readonly rule: ChangeRule;
  /** Where the content comes from, below the root; of `follows`, the pyproject of the package that is followed. */
  readonly file: string;
  /** Of an added file, where the same content was before: its path, and its package where that is another. */
  readonly from?: FilePlace;
  /** Of a removed file, where the same content is now. */
  readonly to?: FilePlace;
  /** The template that the file belongs to. */
  readonly template?: string;
}

/** A file of a package. */
export interface FilePlace {
  readonly file: string;
  readonly package: string;
}

/** A package whose content is not that of the last release. */
export interface ChangedPackage {
  readonly id: string;
  /** Of the distribution. */
  readonly name: string;
  readonly kind: PackageKind;
  /** Absent where the last release had no such package. */
  readonly baseVersion?: string;
  /** As it is now; absent where the package is gone, or has none. */
  readonly version?: string;
  /** Whether its version is another than at the last release. */
  readonly bumped: boolean;
  readonly frozen: boolean;
  /** Whether its directory is gone. */
  readonly removed: boolean;
  readonly reasons: readonly ChangeReason[];
  /** Bytes of its files; of the last release 0 where it had no such package. */
  readonly bytes: { readonly before: number; readonly after: number };
  /** As it is now; absent where it is gone. */
  readonly package?: TemplatePackage;
}

/** What changed since the last release. */
export interface ReleaseChanges {
  readonly base: ReleaseBase;
  /** Version of the meta package at the last release. */
  readonly baseVersion?: string;
  /** By id, the meta package last. */
  readonly packages: readonly ChangedPackage[];
  /** What a frozen package would have to ship newly. */
  readonly frozen: readonly FrozenChange[];
}

/** Something new in a package that must not change any more. */
export interface FrozenChange {
  readonly package: string;
  /** The file, or `bundles.json`. */
  readonly file: string;
  readonly rule: "added" | "changed" | "id added" | "id removed";
  readonly template?: string;
}
