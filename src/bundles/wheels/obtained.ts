/** A file of a package on this machine. */
export interface ObtainedFile {
  readonly file: string;
  /** Absolute. */
  readonly place: string;
  /** In bytes. */
  readonly size: number;
  /** In hex; absent where the lock does not say it. */
  readonly sha256?: string;
}

/** What wheels are got with. */
export interface WheelRequest {
  /** The interpreter that wheels are built with. */
  readonly python: string;
  /** Of that, such as `3.12`. */
  readonly pythonVersion: string;
  /** Text of the manifest, which names the indexes of the project. */
  readonly manifestText: string;
  /** Absolute path of a directory that is taken away afterwards. */
  readonly scratch: string;
}
