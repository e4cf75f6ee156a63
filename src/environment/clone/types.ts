/** What `clone` is asked for. */
export interface CloneRequest {
  /** Whether what users made (input, output, user) is copied too. */
  readonly withData: boolean;
  /** Whether the clone becomes the active environment. */
  readonly use: boolean;
}

/** What `clone` will do. */
export interface ClonePlan extends CloneRequest {
  readonly from: string;
  readonly to: string;
  /** Where the clone will be. */
  readonly path: string;
  /** Whether there is a lock to fill `.venv` from. */
  readonly hasLock: boolean;
}

/** What a clone is. */
export interface CloneReport extends ClonePlan {
  /** How many packages `.venv` holds. */
  readonly packages: number;
}
