/** What `export` tells. */
export interface ExportData {
  readonly dry_run: boolean;
  readonly name: string;
  readonly file: string;
  /** Bytes of the bundle; `null` in a dry run. */
  readonly size: number | null;
  readonly files: number;
  /** Bytes of all files before they are packed. */
  readonly bytes: number;
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  /** File names of the wheels that come along. */
  readonly wheels: readonly string[];
  /** Packages whose wheels are built here, which runs code of theirs. */
  readonly builds: readonly string[];
  readonly notes: readonly string[];
  /** Set with --container; then `file` is its directory. */
  readonly container: ContainerData | null;
}

/** What `export --container` tells besides. */
export interface ContainerData {
  /** The image that it is built on. */
  readonly base: string;
  readonly gpu: "none" | "nvidia" | "amd";
  /** Node packs that the build fetches at their pins. */
  readonly fetched_nodes: readonly string[];
  /** Models that the container can fetch when it starts. */
  readonly fetched_models: readonly string[];
}
