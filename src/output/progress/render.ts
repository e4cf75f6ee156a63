import { formatCount } from "../../base/mod.ts";
import { formatBytes, formatDuration } from "../format.ts";
import { printableLine } from "../printable.ts";
import type { TerminalSize } from "../types.ts";
import type { Phase, ProgressState } from "./state.ts";

const FULL = "█";
const EMPTY = "░";
const LABEL_COLUMNS = 28;
const MOST_BAR_COLUMNS = 30;
const LEAST_BAR_COLUMNS = 8;
/** Lines kept free for what people are reading. */
const ROWS_KEPT = 2;

/**
 * Draws what is under way: one line a phase with bar, amount, rate and time left.
 *
 * @param state What is under way.
 * @param size Of the terminal; no line is wider, and no more lines are drawn than fit.
 */
export function renderProgress(state: ProgressState, size: TerminalSize): string[] {
  const most = Math.max(1, size.rows - ROWS_KEPT);
  const shown = state.phases.length > most
    ? state.phases.slice(0, Math.max(0, most - 1))
    : state.phases;
  const lines = shown.map((phase) => renderPhase(phase, state.now, size.columns));
  const hidden = state.phases.length - shown.length;
  if (hidden > 0) lines.push(cut(`… and ${hidden} more`, size.columns));
  return lines;
}

function renderPhase(phase: Phase, now: number, columns: number): string {
  const label = cut(printableLine(phase.label), LABEL_COLUMNS);
  const facts = factsOf(phase, now);
  if (phase.total === undefined || phase.total <= 0) {
    return cut(`${label}  ${facts.join(" · ")}`.trimEnd(), columns);
  }
  const share = Math.min(1, phase.done / phase.total);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  // Where it is narrow the bar is worth more than the amount, which it shows too.
  for (const shown of [facts, facts.slice(1)]) {
    const text = shown.join(" · ");
    const room = columns - label.length - text.length - percent.length - 5;
    if (room < LEAST_BAR_COLUMNS) continue;
    const width = Math.min(MOST_BAR_COLUMNS, room);
    const filled = Math.round(share * width);
    const bar = FULL.repeat(filled) + EMPTY.repeat(width - filled);
    return `${label}  ${bar} ${percent}  ${text}`.trimEnd();
  }
  return cut(`${label} ${percent}  ${facts.join(" · ")}`, columns);
}

function factsOf(phase: Phase, now: number): string[] {
  // Where nothing is counted, the time tells that it goes on.
  if (phase.total === undefined && phase.done === 0) {
    const seconds = Math.floor((now - phase.startedAt) / 1000);
    return seconds < 1 ? [] : [shortTime(seconds)];
  }
  const amount = phase.unit === "bytes" ? formatBytes : formatCount;
  const facts = [
    phase.total === undefined
      ? amount(phase.done)
      : `${amount(phase.done)} of ${amount(phase.total)}`,
  ];
  const rate = phase.rate > 0 ? phase.rate : overallRate(phase, now);
  if (rate > 0) facts.push(`${phase.unit === "bytes" ? formatBytes(rate) : smallRate(rate)}/s`);
  if (rate > 0 && phase.total !== undefined && phase.done < phase.total) {
    facts.push(`${shortTime((phase.total - phase.done) / rate)} left`);
  }
  return facts;
}

function overallRate(phase: Phase, now: number): number {
  const elapsed = now - phase.startedAt;
  return elapsed < 200 ? 0 : (phase.done * 1000) / elapsed;
}

function smallRate(rate: number): string {
  return rate < 10 ? rate.toFixed(1) : formatCount(rate);
}

function shortTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole >= 3600) return formatDuration(seconds * 1000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}

/**
 * The one line that tells of a phase that ended.
 *
 * @param phase As it stood at the end.
 * @param now Milliseconds since the epoch.
 * @param summary What the work itself says of its end.
 */
export function renderFinished(phase: Phase, now: number, summary?: string): string {
  const amount = phase.unit === "bytes" ? formatBytes(phase.done) : formatCount(phase.done);
  const what = summary ?? (phase.done > 0 ? amount : "done");
  const time = formatDuration(now - phase.startedAt);
  return printableLine(`${phase.label}: ${what} in ${time}`);
}
