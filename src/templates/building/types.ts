import type { PackageFile } from "../contents/mod.ts";
import type { Finding } from "../findings/mod.ts";
import type { CopyStep } from "../sync/mod.ts";
import type { TemplatePackage } from "../types.ts";
import type { Distribution, WrittenFile } from "../wheels/mod.ts";

/** A package that was built. */
export interface BuiltPackage {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** Packages of a level depend only on those of lower ones. */
  readonly level: number;
  readonly files: readonly WrittenFile[];
}

/** A file that a package ships and that its directory does not have as it should. */
export type CopyFault = Omit<CopyStep, "content">;

/** What is built, in order. */
export interface BuildPlan {
  readonly packages: readonly PlannedPackage[];
  /** Files in the directories of copies that packages do not ship. */
  readonly unplanned: readonly string[];
  /** What keeps packages from being built as they should. */
  readonly findings: readonly Finding[];
}

/** A package that is to be built. */
export interface PlannedPackage {
  readonly package: TemplatePackage;
  readonly version: string;
  readonly level: number;
  readonly files: readonly PackageFile[];
  readonly distribution: Distribution;
}
