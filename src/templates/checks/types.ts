import type { FileFacts } from "../digests/mod.ts";
import type { Finding, FindingArea } from "../findings/mod.ts";
import type { PictureHash } from "../pictures/mod.ts";
import type { BlueprintsManifest, LogoFiles } from "../repository/mod.ts";
import type { SchemaFault } from "../schemas/mod.ts";
import type { WantedEntry } from "../sync/mod.ts";
import type { Bundles, TemplateIndex, TemplateManifest, TemplateRepository } from "../types.ts";
import type { WorkflowFacts } from "./workflow/types.ts";
import type { Whitelist } from "./whitelist.ts";

/** A workflow of the repository. */
export interface CheckedWorkflow extends WorkflowFacts {
  readonly id: string;
  /** Below the root. */
  readonly path: string;
}

/** An index file and where it does not fit its schema. */
export interface CheckedIndex {
  readonly index: TemplateIndex;
  readonly faults: readonly SchemaFault[];
}

/** All that checks look at, read once. */
export interface CheckFacts {
  readonly repository: TemplateRepository;
  readonly index?: TemplateIndex;
  readonly locales: readonly TemplateIndex[];
  readonly manifest?: TemplateManifest;
  /** Where the manifest is, or should be; absent where there is no core package. */
  readonly manifestPath?: string;
  /** What the manifest must hold. */
  readonly wanted: readonly WantedEntry[];
  readonly logos: LogoFiles;
  readonly whitelist: Whitelist;
  /** Bundles of blueprints; absent where there are none. */
  readonly blueprints?: Bundles;
  /** What says which files blueprints have; absent where nothing does. */
  readonly blueprintsManifest?: BlueprintsManifest;
  /** The files that it should name, by their names below the directory of blueprints. */
  readonly blueprintFiles: ReadonlyMap<string, FileFacts>;
  /** Ids of blueprints that have a file. */
  readonly blueprintIds: ReadonlySet<string>;
  /** Files below the directory of templates, by their name there. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** By id. */
  readonly workflows: ReadonlyMap<string, CheckedWorkflow>;
  /** Files below the directory of inputs, by their name there. */
  readonly inputs: ReadonlySet<string>;
  /** The other pictures that the index names and that are there, below the root. */
  readonly thumbnails: ReadonlySet<string>;
  /** The index files with what their schema says of them. */
  readonly indexes: readonly CheckedIndex[];
  /** Copies that are in packages, by their path; read only for the area `load`. */
  readonly copies: ReadonlyMap<string, FileFacts>;
  /** How thumbnails look, by their names in {@linkcode CheckFacts.files}; read only for the area `duplicates`. */
  readonly pictures?: ReadonlyMap<string, PictureHash>;
  /** Files that changed since a revision, by the same names; absent where nobody asked. */
  readonly changed?: ReadonlySet<string>;
  /** What was published, as file names; absent where nobody gave the list. */
  readonly published?: ReadonlySet<string>;
  /** What is wrong with the files that were read. */
  readonly findings: readonly Finding[];
}

/** One check: what it finds follows from the facts alone. */
export type Check = (facts: CheckFacts) => readonly Finding[];

/** The areas that `templates check` knows. */
export type CheckArea = Extract<
  FindingArea,
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
>;
