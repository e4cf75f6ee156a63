import type { WorkEvent } from "../../base/mod.ts";
import { redactDeep } from "../printable.ts";
import type { TerminalSize, TextStream } from "../types.ts";
import { foldProgress, idle, type ProgressState } from "./state.ts";
import { renderFinished, renderProgress } from "./render.ts";

/** How progress is told. */
export type ProgressMode = "bar" | "lines" | "json" | "none";

/** What a display is made of. */
export interface DisplaySettings {
  readonly mode: ProgressMode;
  /** The stream for people. */
  readonly stream: TextStream;
  /** Asked at each drawing, since windows are resized. */
  readonly size: () => TerminalSize;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The one writer of the stream for people while a command runs; bars and lines never mix. */
export interface Display {
  /** Takes in a progress event. */
  show(event: WorkEvent): void;
  /** Writes lines above the bars. */
  print(lines: readonly string[]): void;
  /** Takes the bars off the screen while `work` uses the terminal, such as for a question. */
  aside<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Takes the bars off the screen for good. */
  close(): void;
}

const FRAME_MS = 80;

/** Creates the display of one run. */
export function createDisplay(settings: DisplaySettings): Display {
  const { mode, stream, now } = settings;
  const bars = mode === "bar" ? createBars(settings) : undefined;
  const events = mode === "json" ? createEventLines(settings) : undefined;
  let state: ProgressState = idle;
  const print = (lines: readonly string[]) => {
    if (lines.length === 0) return;
    bars?.clear();
    stream.write(lines.map((line) => `${line}\n`).join(""));
    bars?.draw(state);
  };
  return {
    print,
    show(event) {
      if (mode === "none") return;
      if (events) return events.show(event);
      const before = state;
      state = foldProgress(state, event, now());
      if (event.kind === "finished") {
        const phase = before.phases.find(({ id }) => id === event.id);
        if (phase) print([renderFinished(phase, now(), event.summary)]);
      }
      bars?.schedule(() => ({ ...state, now: now() }));
    },
    async aside(work) {
      bars?.pause(true);
      try {
        return await work();
      } finally {
        bars?.pause(false);
      }
    },
    close() {
      events?.flush();
      bars?.close();
    },
  };
}

/** Keeps bars at the lower end of the terminal, drawn anew at most every 80 ms. */
function createBars({ stream, size }: DisplaySettings) {
  let drawn = 0;
  let paused = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  const clear = () => {
    if (drawn > 0) stream.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = (state: ProgressState) => {
    if (paused) return;
    const lines = renderProgress(state, size());
    const up = drawn > 0 ? `\x1b[${drawn}A` : "";
    const body = lines.map((line) => `\x1b[2K${line}\n`).join("");
    if (up + body !== "") stream.write(`${up}${body}\x1b[0J`);
    drawn = lines.length;
  };
  return {
    clear,
    draw,
    pause(on: boolean) {
      paused = on;
      if (on) clear();
    },
    schedule(state: () => ProgressState) {
      timer ??= setInterval(() => draw(state()), FRAME_MS);
    },
    close() {
      clearInterval(timer);
      clear();
    },
  };
}

/** Writes events as NDJSON; advances of one phase are joined, so that a fast phase does not flood the reader. */
function createEventLines({ stream, now }: DisplaySettings) {
  const pending = new Map<string, WorkEvent & { kind: "advanced" }>();
  let flushedAt = 0;
  const write = (event: WorkEvent) =>
    stream.write(`${JSON.stringify(redactDeep({ ...event, time: now() }))}\n`);
  const flush = () => {
    pending.forEach(write);
    pending.clear();
    flushedAt = now();
  };
  return {
    flush,
    show(event: WorkEvent) {
      if (event.kind !== "advanced") {
        flush();
        return write(event);
      }
      const before = pending.get(event.id);
      const total = event.total ?? before?.total;
      pending.set(event.id, { ...event, by: event.by + (before?.by ?? 0), total });
      if (now() - flushedAt >= FRAME_MS) flush();
    },
  };
}
