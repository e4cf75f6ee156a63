/** A file before and after a change; absent content means that there is no file. */
export interface FileChange {
  /** Below the root of the repository, with forward slashes. */
  readonly path: string;
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}
