/** Packages that came along with an environment. */
export interface RestoredPackages {
  /** Absolute path of ComfyUI's commit with its history, as git packs it. */
  readonly comfyui?: string;
  readonly wheels?: RestoredWheels;
}

/** Wheels on this machine. */
export interface RestoredWheels {
  /** Absolute. */
  readonly directory: string;
  /** The wheels for this machine and a Python such as `3.12`, by the normalised names of their packages. */
  readonly fitting: (python: string) => ReadonlyMap<string, RestoredWheel>;
}

/** A wheel on this machine. */
export interface RestoredWheel {
  readonly version: string;
  /** Of a package that comes from no index: the content of its `direct_url.json`, which uv compares with the lock. */
  readonly origin?: Readonly<Record<string, unknown>>;
}
