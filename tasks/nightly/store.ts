/** Where the cache lies from one night to the next. */
export interface NightlyStore {
  /**
   * Brings the snapshot of an earlier night into the history of the data directory, unchecked.
   *
   * @param skipped How many of the newest turned out damaged.
   * @returns Its day, `YYYY-MM-DD`; nothing when there are no further ones.
   */
  fetch(skipped: number): Promise<string | undefined>;
  /**
   * Keeps the snapshot that the data directory holds now.
   *
   * @returns What was made of it, for the summary; nothing when nothing has changed.
   */
  keep(night: Night): Promise<string | undefined>;
}

/** What is told of a night with what is kept of it. */
export interface Night {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly message: string;
  readonly metrics: Readonly<Record<string, unknown>>;
}
