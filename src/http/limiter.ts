/**
 * What is known about the pace that one host allows; a value, changed only by the functions below.
 *
 * All times are milliseconds on any clock that does not run backwards; rates are requests per second.
 */
export interface PaceState {
  /** The current pace. */
  readonly rate: number;
  /** The pace that is never exceeded. */
  readonly ceiling: number;
  /** Just under what the host was seen to allow; absent until it first refuses. */
  readonly target?: number;
  /** When the next request may go out at the current pace. */
  readonly nextAt: number;
  /** Nothing goes out before. */
  readonly pausedUntil: number;
  /** When a request last had to wait for the pace, which shows that the pace is what limits. */
  readonly waitedAt: number;
  /** When growth was last applied. */
  readonly grownAt: number;
  /** Above the target the pace grows only from then on. */
  readonly holdUntil: number;
  /** How long the target is held before more is tried. */
  readonly holdMs: number;
  /** The last refusal; requests sent before it tell nothing new. */
  readonly refusedAt: number;
  /** Answers since the last refusal, to requests sent after it. */
  readonly successes: number;
  /** Refusals in a row. */
  readonly strikes: number;
}

/** The slowest pace, so that a host that refuses everything is still asked now and then. */
const SLOWEST = 0.2;
/** The pace doubles in this time while nothing is known, and while it climbs back to the target. */
const START_DOUBLES_MS = 250;
const CLIMB_DOUBLES_MS = 400;
/** How far under the refused pace the target is set. */
const MARGIN = 0.96;
const FIRST_HOLD_MS = 20_000;
const LONGEST_HOLD_MS = 160_000;
/** After holding, the pace is `target × exp(PROBE × seconds²)`: 2.5 % more after 5 s, half more after 20 s. */
const PROBE_PER_SECOND_SQUARED = 0.001;
/** The pause after a refusal that names none, doubled with each further one. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 32_000;
/** A run without pauses that is this long measures the pace; a shorter one may have lived on a saved-up burst. */
const LONG_RUN_MS = 5_000;
/** Late requests may be made up for within this time, so that coarse timers do not slow a fast pace. */
const CATCH_UP_MS = 10;

/**
 * The pace for a host that nothing is known about: a tenth of the ceiling, at least 20 a second, never over the ceiling.
 *
 * @param ceiling Requests per second, `Infinity` for none.
 */
export function startPace(ceiling: number, now: number): PaceState {
  const assumed = Number.isFinite(ceiling) ? ceiling : 1_000;
  return {
    rate: Math.min(ceiling, Math.max(20, assumed / 10)),
    ceiling,
    nextAt: now,
    pausedUntil: now,
    waitedAt: -Infinity,
    grownAt: now,
    holdUntil: now,
    holdMs: FIRST_HOLD_MS,
    refusedAt: now,
    successes: 0,
    strikes: 0,
  };
}

/** When the next request may go out. */
export function nextPermitted(state: PaceState): number {
  return Math.max(state.nextAt, state.pausedUntil);
}

/** A request had to wait for the pace. */
export function onWaited(state: PaceState, now: number): PaceState {
  return { ...state, waitedAt: now };
}

/** A request goes out. */
export function onSent(state: PaceState, now: number): PaceState {
  const gap = 1_000 / state.rate;
  const slack = Math.max(0, CATCH_UP_MS - gap);
  return { ...state, nextAt: Math.max(state.nextAt, now - slack) + gap };
}

/** A host asks for quiet, by `Retry-After` on an answer that is not about the pace. */
export function onPause(state: PaceState, now: number, pauseMs: number): PaceState {
  return { ...state, pausedUntil: Math.max(state.pausedUntil, now + pauseMs) };
}

/**
 * A request was let through: the pace may grow.
 *
 * @param sentAt When that request went out.
 */
export function onSuccess(state: PaceState, now: number, sentAt: number): PaceState {
  if (sentAt < state.refusedAt) return state;
  const passed = Math.min(now - state.grownAt, START_DOUBLES_MS);
  const counted = { ...state, successes: state.successes + 1, strikes: 0, grownAt: now };
  const limiting = now - state.waitedAt <= Math.max(CATCH_UP_MS, 2_000 / state.rate);
  return limiting ? { ...counted, rate: grow(counted, now, passed) } : counted;
}

function grow(state: PaceState, now: number, passed: number): number {
  const { rate, target, ceiling } = state;
  if (target === undefined) return Math.min(ceiling, rate * 2 ** (passed / START_DOUBLES_MS));
  if (rate < target) return Math.min(target, rate * 2 ** (passed / CLIMB_DOUBLES_MS));
  const probing = Math.max(0, now - state.holdUntil) / 1_000;
  const wanted = Math.min(ceiling, target * Math.exp(PROBE_PER_SECOND_SQUARED * probing ** 2));
  return Math.min(Math.max(rate, wanted), rate * 2 ** (passed / CLIMB_DOUBLES_MS));
}

/**
 * A request was refused with 429: the pace halves and the host is left alone for a moment.
 *
 * Answers to requests that were already under way belong to the same incident and change nothing but the pause.
 *
 * @param sentAt When that request went out.
 * @param retryAfterMs The pause that the host asks for, if it names one.
 */
export function onRefused(
  state: PaceState,
  now: number,
  sentAt: number,
  retryAfterMs?: number,
): PaceState {
  const pauseMs = retryAfterMs ??
    Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** state.strikes);
  if (sentAt < state.refusedAt) {
    return retryAfterMs === undefined ? state : onPause(state, now, retryAfterMs);
  }
  const refused = {
    ...onPause(state, now, pauseMs),
    rate: Math.max(SLOWEST, state.rate / 2),
    refusedAt: now,
    grownAt: now,
    successes: 0,
    strikes: state.strikes + 1,
  };
  // Nothing got through since the last refusal, so the host tells no more about what it allows.
  if (state.strikes > 0) return refused;
  const target = Math.max(SLOWEST, MARGIN * estimate(state, now));
  const confirmed = state.target !== undefined && state.rate < 1.15 * state.target;
  const holdMs = confirmed ? Math.min(LONGEST_HOLD_MS, state.holdMs * 2) : FIRST_HOLD_MS;
  return {
    ...refused,
    rate: Math.min(refused.rate, target),
    target,
    holdMs,
    holdUntil: refused.pausedUntil + holdMs,
  };
}

/**
 * The pace that the host allows, judged at a refusal.
 *
 * It is no more than the pace just refused, and no less than the mean since the last refusal, pauses included.
 * After a long run the two agree; after a short one a saved-up burst hides the truth, which is taken to lie midway.
 */
function estimate(state: PaceState, now: number): number {
  const { rate, successes } = state;
  if (state.target === undefined) return rate;
  const run = now - state.pausedUntil;
  // The pace may stand higher than what was really sent, when nobody asked for more.
  if (run >= LONG_RUN_MS) return Math.min(rate, 1.3 * successes * 1_000 / run);
  const mean = (successes * 1_000) / Math.max(1, now - state.refusedAt);
  return Math.sqrt(rate * Math.min(rate, Math.max(mean, rate / 4)));
}
