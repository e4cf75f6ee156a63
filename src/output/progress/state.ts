import type { Unit, WorkEvent } from "../../base/mod.ts";

/** One piece of work under way or done, as the views see it. */
export interface Phase {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly total?: number;
  readonly done: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Units a second, smoothed. */
  readonly rate: number;
  /** Where the rate was last measured. */
  readonly sample: { readonly at: number; readonly done: number };
}

/** What is under way at one moment, in the order of its start. */
export interface ProgressState {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly phases: readonly Phase[];
}

/** Nothing under way. */
export const idle: ProgressState = { now: 0, phases: [] };

const SAMPLE_MS = 500;
const SMOOTHING = 0.3;

/**
 * Folds one event into the state.
 *
 * @param state The state before.
 * @param event What work told; warnings and log lines change nothing.
 * @param now Milliseconds since the epoch.
 */
export function foldProgress(state: ProgressState, event: WorkEvent, now: number): ProgressState {
  switch (event.kind) {
    case "started": {
      const phase: Phase = {
        id: event.id,
        label: event.label,
        unit: event.unit ?? "items",
        total: event.total,
        done: 0,
        startedAt: now,
        rate: 0,
        sample: { at: now, done: 0 },
      };
      return { now, phases: [...state.phases.filter(({ id }) => id !== event.id), phase] };
    }
    case "advanced":
      return {
        now,
        phases: state.phases.map((phase) =>
          phase.id === event.id ? advance(phase, event.by, event.total, now) : phase
        ),
      };
    case "finished":
      return { now, phases: state.phases.filter(({ id }) => id !== event.id) };
    default:
      return { ...state, now };
  }
}

function advance(phase: Phase, by: number, total: number | undefined, now: number): Phase {
  const done = phase.done + by;
  const next = { ...phase, done, total: total ?? phase.total };
  const elapsed = now - phase.sample.at;
  if (elapsed < SAMPLE_MS) return next;
  const latest = ((done - phase.sample.done) * 1000) / elapsed;
  const rate = phase.rate === 0 ? latest : phase.rate + SMOOTHING * (latest - phase.rate);
  return { ...next, rate, sample: { at: now, done } };
}
