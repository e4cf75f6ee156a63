/** What the content of a file is. */
export interface FileFacts {
  /** In bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** What its first bytes say that it is, such as `webp`; absent where they say nothing known. */
  readonly format?: string;
}

/** Digests of the files of a repository; a file that did not change since the last time is not read again. */
export interface Digests {
  /**
   * What the content of a file is, or nothing where there is no such file.
   *
   * @param path Below the root, with forward slashes.
   * @throws `FILE_UNREADABLE`
   */
  facts(path: string): Promise<FileFacts | undefined>;
  /**
   * The SHA-256 of a file.
   *
   * @throws `FILE_NOT_FOUND`, `FILE_UNREADABLE`
   */
  sha256(path: string): Promise<string>;
  /** What was remembered under a name that stands for all that it was made from. */
  recall(name: string): unknown;
  /** Remembers a value of JSON; the name must change with what the value is made from. */
  remember(name: string, value: unknown): void;
  /** Keeps what is known for the next time. */
  save(): Promise<void>;
}
