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
  /** After a refusal the pace climbs back to this at once; absent until the host first refuses. */
  readonly target?: number;
  /** Just under the pace that the host last refused: reached slowly, then held. */
  readonly plateau: number;
  /** When the next request would be due if none had been late. */
  readonly dueAt: number;
  /** When the next request may go out at the current pace. */
  readonly nextAt: number;
  /** Nothing goes out before. */
  readonly pausedUntil: number;
  /** When a request last had to wait for the pace, which shows that the pace is what limits. */
  readonly waitedAt: number;
  /** When growth was last applied. */
  readonly grownAt: number;
  /** The plateau is held until then; absent while it has not been reached. */
  readonly holdUntil?: number;
  /** How long the plateau is held before more is tried. */
  readonly holdMs: number;
  /** The pace as noted before, as noted last, and when that was. */
  readonly survived: number;
  readonly sample: number;
  readonly sampledAt: number;
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
const START_DOUBLES_MS = 1_000;
const CLIMB_DOUBLES_MS = 150;
/** Between target and plateau the pace grows by this part each second. */
const APPROACH_PER_SECOND = 0.03;
/** The plateau as a part of the refused pace: at the first refusal, later, and when that pace was long let through. */
const FIRST_TARGET = 0.75;
const FIRST_MARGIN = 0.94;
const MARGIN = 0.965;
const PROVEN_MARGIN = 0.985;
/** A plateau after a short run lies this far over the target. */
const GUESS_REACH = 1.08;
/** A plateau is held for so many times the pause that finding its end costs, so that looking costs a few per cent. */
const HOLD_PER_PAUSE = 30;
const SHORTEST_HOLD_MS = 10_000;
const LONGEST_HOLD_MS = 240_000;
/** A plateau that was found twice is held longer, one that is only a guess shorter. */
const CONFIRMED_HOLD = 2;
const GUESS_HOLD = 0.5;
/** After holding, the pace is `plateau × exp(PROBE × (time since / time held)²)`: 5 % more after once the time held. */
const PROBE = 0.05;
/** A refusal after fewer answers says nothing of the pace: a slow first connection bunches the first requests. */
const TELLING_SUCCESSES = 10;
/** The pause after a refusal that names none, doubled with each further one. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 32_000;
/** A run without pauses that is this long measures the pace; a shorter one may have lived on a saved-up burst. */
const LONG_RUN_MS = 5_000;
/** How often the pace is noted; at a refusal the note before the last counts, as hosts may refuse late. */
const SAMPLE_MS = 300;
/** Growth for a silence longer than this is not made up for. */
const LONGEST_GROWTH_MS = 250;
/** Lateness is made up for: at a slow pace by gaps this part shorter, up to so many gaps; at a fast one within so long. */
const CATCH_UP_PART = 0.03;
const CATCH_UP_GAPS = 10;
const CATCH_UP_MS = 10;

/**
 * The pace for a host that nothing is known about: a tenth of the ceiling and at least 20 a second, 500 without one.
 *
 * @param ceiling Requests per second, `Infinity` for none.
 */
export function startPace(ceiling: number, now: number): PaceState {
  const assumed = Number.isFinite(ceiling) ? ceiling : 5_000;
  return {
    rate: Math.min(ceiling, Math.max(20, assumed / 10)),
    ceiling,
    dueAt: now,
    nextAt: now,
    pausedUntil: now,
    waitedAt: -Infinity,
    plateau: ceiling,
    grownAt: now,
    holdMs: SHORTEST_HOLD_MS,
    survived: Infinity,
    sample: Infinity,
    sampledAt: now,
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
  // Timers are too coarse for a fast pace, so that several requests may go out at once.
  const fast = gap < CATCH_UP_MS;
  const latest = now - (fast ? CATCH_UP_MS : CATCH_UP_GAPS * gap);
  const dueAt = Math.max(state.dueAt, latest) + gap;
  return {
    ...state,
    dueAt,
    nextAt: fast ? dueAt : Math.max(dueAt, now + gap * (1 - CATCH_UP_PART)),
  };
}

/** A host asks for quiet, by `Retry-After` on an answer that is not about the pace. */
export function onPause(state: PaceState, now: number, pauseMs: number): PaceState {
  const pausedUntil = Math.max(state.pausedUntil, now + pauseMs);
  return { ...state, pausedUntil, dueAt: Math.max(state.dueAt, pausedUntil) };
}

/**
 * A request was let through: the pace may grow.
 *
 * @param sentAt When that request went out.
 */
export function onSuccess(state: PaceState, now: number, sentAt: number): PaceState {
  if (sentAt < state.refusedAt) return state;
  const counted = { ...state, successes: state.successes + 1, strikes: 0, grownAt: now };
  const limiting = now - state.waitedAt <= Math.max(CATCH_UP_MS, 2_000 / state.rate);
  if (!limiting) return counted;
  const sampled = now - state.sampledAt >= SAMPLE_MS
    ? { survived: state.sample, sample: state.rate, sampledAt: now }
    : undefined;
  return { ...counted, ...sampled, ...grow(state, now) };
}

function grow(state: PaceState, now: number): Partial<PaceState> {
  const { rate, target, plateau, ceiling, holdUntil } = state;
  const passed = Math.min(now - state.grownAt, LONGEST_GROWTH_MS);
  if (target === undefined) {
    return { rate: Math.min(ceiling, rate * 2 ** (passed / START_DOUBLES_MS)) };
  }
  const climbed = rate * 2 ** (passed / CLIMB_DOUBLES_MS);
  if (rate < target) return { rate: Math.min(target, climbed) };
  if (holdUntil === undefined) {
    const wanted = rate * Math.exp(APPROACH_PER_SECOND * passed / 1_000);
    return wanted < plateau ? { rate: wanted } : { rate: plateau, holdUntil: now + state.holdMs };
  }
  const since = Math.max(0, now - holdUntil) / state.holdMs;
  const wanted = Math.min(ceiling, plateau * Math.exp(PROBE * since ** 2));
  return { rate: Math.min(wanted, climbed) };
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
  if (state.target === undefined && state.successes < TELLING_SUCCESSES) return refused;
  const refusedPace = state.target === undefined
    ? state.rate
    : Math.min(state.rate, state.survived);
  const longRun = state.target !== undefined && now - state.pausedUntil >= LONG_RUN_MS;
  const proven = longRun && state.holdUntil !== undefined && now < state.holdUntil;
  const margin = state.target === undefined ? FIRST_MARGIN : proven ? PROVEN_MARGIN : MARGIN;
  const most = margin * refusedPace;
  const target = Math.max(SLOWEST, longRun ? most : Math.min(most, midway(state, now)));
  const plateau = state.target === undefined ? most : Math.min(most, target * GUESS_REACH);
  const confirmed = longRun && state.rate < 1.15 * state.plateau;
  const holdMs = Math.max(SHORTEST_HOLD_MS, HOLD_PER_PAUSE * pauseMs);
  return {
    ...refused,
    rate: Math.min(refused.rate, target),
    target,
    plateau: Math.max(target, plateau),
    holdUntil: undefined,
    holdMs: Math.min(LONGEST_HOLD_MS, holdMs * (confirmed ? CONFIRMED_HOLD : GUESS_HOLD)),
    survived: Infinity,
    sample: Infinity,
    sampledAt: now,
  };
}

/**
 * The pace that the host may well allow, judged at a refusal after a short run.
 *
 * The truth is no more than the pace just refused, and no less than the mean since the last refusal, pauses included.
 * A saved-up burst hides where between, and the middle is taken.
 */
function midway({ rate, target, successes, refusedAt }: PaceState, now: number): number {
  if (target === undefined) return FIRST_TARGET * rate;
  const mean = (successes * 1_000) / Math.max(1, now - refusedAt);
  return Math.sqrt(rate * Math.max(mean, rate / 4));
}
