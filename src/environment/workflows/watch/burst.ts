/** Changes that came close together, by the clock in milliseconds. */
export interface Burst {
  readonly first: number;
  readonly last: number;
}

/** When a burst counts as over. */
export interface BurstRule {
  /** How long nothing may come, in milliseconds. */
  readonly quietMs: number;
  /** How long it is waited for that at most, in milliseconds from the first change. */
  readonly longestMs: number;
}

/** Adds a change to a burst, or begins one. */
export function growBurst(burst: Burst | undefined, now: number): Burst {
  return { first: burst?.first ?? now, last: now };
}

/** The time at which a burst is acted on. */
export function dueAt({ first, last }: Burst, { quietMs, longestMs }: BurstRule): number {
  return Math.min(last + quietMs, first + longestMs);
}
