import type { Endpoint } from "./endpoints.ts";
import { chanceOf } from "./seeded.ts";

/** A way in which one answer goes wrong. */
export type AnswerFault =
  | "500"
  | "502"
  | "503"
  /** The connection ends in the middle of the body. */
  | "cut"
  /** Half of the body in a whole frame: invalid JSON. */
  | "truncated"
  /** A page of HTML with status 200. */
  | "html"
  /** A body of `hugeBytes`. */
  | "huge"
  /** Half of the body, then nothing more. */
  | "stall";

/** What goes wrong; the empty value is a faultless server. */
export interface RegistryFaults {
  /** Each answer waits this long, in milliseconds. */
  readonly latencyMs?: number;
  /** Answers 429 beyond this rate. */
  readonly limit?: RateLimit;
  /** Probability of each fault per request, decided by `seed`, the request and how often it came. */
  readonly chances?: Readonly<Partial<Record<AnswerFault, number>>>;
  /** The first so many requests have this fault. */
  readonly first?: Readonly<Partial<Record<AnswerFault, number>>>;
  /** Chances and counts hold for these endpoints only. */
  readonly only?: readonly Endpoint[];
  /** The same request fails at most so often by chance; default 2, so that a patient client always gets through. */
  readonly repeats?: number;
  readonly seed?: number;
  /** Endpoints that this server does not have: 404. */
  readonly missing?: readonly Endpoint[];
  /** Lists that change while they are read. */
  readonly shift?: PageShift;
  /** Size of a `huge` body in bytes; default 300 MB. */
  readonly hugeBytes?: number;
}

/** A token bucket. */
export interface RateLimit {
  readonly perSecond: number;
  /** How many requests may come at once; default one second's worth. */
  readonly burst?: number;
  /** How `Retry-After` is written; default `seconds`. */
  readonly retryAfter?: "seconds" | "date" | "none";
}

/** How lists move between two requests for their pages. */
export interface PageShift {
  /**
   * `shuffle`: neighbours change places at each request that names no order; `insert`: the first `count` packages come
   * in front only after `every` requests each; `delete`: the last `count` packages go likewise.
   */
  readonly kind: "shuffle" | "insert" | "delete";
  /** Default 3. */
  readonly count?: number;
  /** Default 2. */
  readonly every?: number;
}

/** Decides what goes wrong with each request. */
export interface FaultChooser {
  /**
   * @param key Method and address of the request, which chance depends on.
   */
  choose(endpoint: Endpoint, key: string): AnswerFault | undefined;
}

/** Starts deciding; counts and repetitions begin at 0. */
export function createFaultChooser(faults: RegistryFaults): FaultChooser {
  const left = new Map(Object.entries(faults.first ?? {}) as [AnswerFault, number][]);
  const chances = Object.entries(faults.chances ?? {}) as [AnswerFault, number][];
  const attempts = new Map<string, number>();
  const failures = new Map<string, number>();
  return {
    choose(endpoint, key) {
      if (faults.only && !faults.only.includes(endpoint)) return undefined;
      for (const [fault, count] of left) {
        if (count <= 0) continue;
        left.set(fault, count - 1);
        return fault;
      }
      if (chances.length === 0) return undefined;
      const attempt = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, attempt);
      const failed = failures.get(key) ?? 0;
      if (failed >= (faults.repeats ?? 2)) return undefined;
      let draw = chanceOf(`${faults.seed ?? 1} ${attempt} ${key}`);
      for (const [fault, chance] of chances) {
        if (draw < chance) {
          failures.set(key, failed + 1);
          return fault;
        }
        draw -= chance;
      }
      return undefined;
    },
  };
}
