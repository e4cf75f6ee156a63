/** The files of a repository at one point: the working copy, or a commit. Paths have forward slashes. */
export interface RepositoryFiles {
  /** What people call it, such as `working copy` or `v0.5.0`. */
  readonly label: string;
  /**
   * Every file below a directory, in the order of code points; none when the directory is not there.
   *
   * @param directory Below the root; `.` is the root itself, of which only the files directly in it are given.
   */
  list(directory: string): Promise<readonly string[]>;
  /** The names of the directories directly below one. */
  directories(directory: string): Promise<readonly string[]>;
  /**
   * The content of a file, or nothing when it is not there.
   *
   * @param maxBytes The largest size accepted; default 64 MiB.
   * @throws `FILE_TOO_LARGE`, `FILE_UNREADABLE`
   */
  read(path: string, maxBytes?: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** The largest text file that is read, in bytes; the index of 600 templates has 0.5 MB. */
export const MAX_TEXT_BYTES: number = 64 * 1024 ** 2;
