import {
  nextPermitted,
  onRefused,
  onSent,
  onSuccess,
  onWaited,
  type PaceState,
  startPace,
} from "../../src/http/limiter.ts";

/** How a simulated host limits its callers. */
export type Limit =
  | { readonly kind: "bucket"; readonly rate: number; readonly burst: number }
  | { readonly kind: "window"; readonly rate: number };

/** Decides for each request, given its time in milliseconds, whether it is let through. */
export function limitBy(limit: Limit): (now: number) => boolean {
  if (limit.kind === "window") {
    let window = -1;
    let used = 0;
    return (now) => {
      const current = Math.floor(now / 1_000);
      if (current !== window) [window, used] = [current, 0];
      if (used >= limit.rate) return false;
      used += 1;
      return true;
    };
  }
  let tokens = limit.burst;
  let last = 0;
  return (now) => {
    tokens = Math.min(limit.burst, tokens + (now - last) * limit.rate / 1_000);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** A simulated run: what it took and how often it was refused. */
export interface SimulatedRun {
  readonly seconds: number;
  readonly refused: number;
  readonly paces: readonly PaceState[];
}

/** What is simulated. */
export interface Simulation {
  readonly limit: Limit;
  readonly ceiling: number;
  readonly requests: number;
  readonly concurrency: number;
  /** From sending to the answer, in milliseconds; half of it each way. */
  readonly latencyMs: number;
  /** Lateness of each request, a random part of this, in milliseconds. */
  readonly jitterMs: number;
  readonly retryAfterMs?: number;
  readonly random: () => number;
}

const OPENING_MS = 45;

/** Runs requests against a simulated host in simulated time. */
export function simulate(simulation: Simulation): SimulatedRun {
  const { latencyMs, jitterMs, random } = simulation;
  const allow = limitBy(simulation.limit);
  const underway: { sentAt: number; arrives: number; answered: number; allowed?: boolean }[] = [];
  const paces: PaceState[] = [];
  let pace = startPace(simulation.ceiling, 0);
  let now = 0;
  let done = 0;
  let refused = 0;
  while (done < simulation.requests) {
    const free = underway.length < simulation.concurrency &&
      done + underway.length < simulation.requests;
    const sendAt = free ? Math.max(now, nextPermitted(pace)) : Infinity;
    const arriving = underway.filter((request) => request.allowed === undefined)
      .sort((a, b) => a.arrives - b.arrives)[0];
    const answering = underway.filter((request) => request.allowed !== undefined)
      .sort((a, b) => a.answered - b.answered)[0];
    const arrives = arriving?.arrives ?? Infinity;
    const answered = answering?.answered ?? Infinity;
    const before = now;
    now = Math.min(sendAt, arrives, answered);
    if (now === arrives && arriving) {
      arriving.allowed = allow(now);
    } else if (now === answered && answering) {
      underway.splice(underway.indexOf(answering), 1);
      if (answering.allowed) done += 1;
      else refused += 1;
      pace = answering.allowed
        ? onSuccess(pace, now, answering.sentAt)
        : onRefused(pace, now, answering.sentAt, simulation.retryAfterMs);
      paces.push(pace);
    } else {
      // A coarse timer wakes up a little late.
      if (sendAt > before) [pace, now] = [onWaited(pace, now), now + random()];
      pace = onSent(pace, now);
      // The first connection takes its time.
      const opening = done + refused === 0 ? Math.max(0, OPENING_MS - now) : 0;
      const arrivesAt = now + opening + latencyMs / 2 + random() * jitterMs;
      underway.push({ sentAt: now, arrives: arrivesAt, answered: arrivesAt + latencyMs / 2 });
    }
  }
  return { seconds: now / 1_000, refused, paces };
}
