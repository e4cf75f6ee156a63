/** What of an import's Python packages will be fetched. */
export interface PackageDownloads {
  /** How many packages this machine needs. */
  readonly needed: number;
  /** How many of them are neither in the bundle nor in uv's cache. */
  readonly fetched: number;
  /** Sum of the sizes that are known. */
  readonly bytes: number;
  /** Whether less may be fetched than `bytes`: which packages the cache has, or which file uv takes, is not known. */
  readonly atMost: boolean;
  /** How many of the packages have no known size. */
  readonly unknown: number;
  /** Hosts of the indexes, repositories and addresses that they come from. */
  readonly hosts: readonly string[];
}

/** A package that will be built on this machine, which runs code of it. */
export interface SourceBuild {
  readonly name: string;
  /** `sdist`: a source distribution; `local`: a directory or file of a machine. */
  readonly from: "sdist" | "git" | "address" | "local";
  /** Absent for what lies on no server. */
  readonly host?: string;
}

/** How large what an import fetches is, as far as somebody says so. */
export interface ImportSizes {
  readonly packages?: PackageDownloads;
  readonly builds: readonly SourceBuild[];
  /** Bytes of the archives of node packs, by id. */
  readonly nodes: ReadonlyMap<string, number>;
  /** Whether this workspace has ComfyUI's commit already. */
  readonly hasComfyUI: boolean;
  /** How many packages cannot be had because the network is switched off, as far as uv says. */
  readonly outOfReach: number;
}
