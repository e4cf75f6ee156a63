/** How an update treats what is known already. */
export type UpdateMode = "incremental" | "full";

/** What an update finds in its data directory. */
export interface UpdateState {
  /** `registry_cache.db` is there. */
  readonly workingCache: boolean;
  /** A published cache to start from when there is no working one: its file name, as JSON, gzip or Zstandard. */
  readonly publishedCache?: string;
  /** `node_mappings.json` is there. */
  readonly mappings: boolean;
  /** Names of the Manager files in `manager/`. */
  readonly managerFiles: readonly string[];
}

/** What an update was asked to do. */
export interface UpdateRequest {
  readonly mode: UpdateMode;
  readonly dataDir: string;
  /** The three crawl phases, each of which can be switched off. */
  readonly nodes: boolean;
  readonly versions: boolean;
  readonly metadata: boolean;
  /** False: work from what is on disk and ask neither the registry nor Manager's data anything. */
  readonly network: boolean;
  /** Publish although 5 % or more would be lost. */
  readonly allowShrink: boolean;
}

/** The phases of an update. */
export type UpdatePhaseKind =
  | "import"
  | "crawl"
  | "manager"
  | "mappings"
  | "augment"
  | "export"
  | "validate"
  | "publish"
  | "snapshot";

/** One phase with the files that it reads and writes; paths are absolute or relative as the data directory is. */
export interface UpdatePhase {
  readonly kind: UpdatePhaseKind;
  /** What it does, for people. */
  readonly purpose: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Parts of the phase that run, such as `nodes` of the crawl. */
  readonly parts?: readonly string[];
  /** Why the phase does not run; absent when it does. */
  readonly skipped?: string;
}

/** A decided update: phases in the order they run. */
export interface UpdatePlan {
  readonly mode: UpdateMode;
  readonly dataDir: string;
  readonly files: UpdateFiles;
  readonly allowShrink: boolean;
  readonly phases: readonly UpdatePhase[];
}

/** Where an update keeps its files. */
export interface UpdateFiles {
  /** The working cache, SQLite. */
  readonly workingCache: string;
  /** Published: the cache as JSON. */
  readonly publishedCache: string;
  /** Published: the mappings. */
  readonly mappings: string;
  /** Manager's data. */
  readonly manager: string;
  /** The current snapshot and the dated ones. */
  readonly cache: string;
  readonly history: string;
  /** What is made before it is published: on the same file system, so that publishing is a rename. */
  readonly staging: string;
  readonly stagedCache: string;
  readonly stagedMappings: string;
}
