import { deepEqual, equal } from "node:assert/strict";
import type { WorkEvent } from "../../src/base/mod.ts";
import { createDisplay, type Display, type ProgressMode } from "../../src/output/mod.ts";

interface Recorded {
  readonly display: Display;
  readonly written: () => string;
  time: number;
}

function record(mode: ProgressMode): Recorded {
  let text = "";
  const recorded: Recorded = {
    time: 0,
    written: () => text,
    display: createDisplay({
      mode,
      stream: { isTerminal: mode === "bar", write: (part) => void (text += part) },
      size: () => ({ columns: 80, rows: 24 }),
      now: () => recorded.time,
    }),
  };
  return recorded;
}

const started: WorkEvent = { kind: "started", id: "a", label: "Reading", total: 4 };
const advanced: WorkEvent = { kind: "advanced", id: "a", by: 1 };
const finished: WorkEvent = { kind: "finished", id: "a", summary: "all read" };

Deno.test("lines: a phase is told in one line when it ends", () => {
  const recorded = record("lines");
  recorded.display.show(started);
  recorded.display.show(advanced);
  recorded.display.print(["in between"]);
  recorded.time = 1500;
  recorded.display.show(finished);
  recorded.display.close();
  equal(recorded.written(), "in between\nReading: all read in 1.5 s\n");
});

Deno.test("none: nothing is told of progress, and lines are still printed", () => {
  const { display, written } = record("none");
  [started, advanced, finished].forEach(display.show);
  display.print(["a line"]);
  display.close();
  equal(written(), "a line\n");
});

Deno.test("json: advances that come fast are joined, and none is lost", () => {
  const recorded = record("json");
  recorded.display.show(started);
  for (let step = 0; step < 10_000; step++) {
    recorded.time += 0.1;
    recorded.display.show(advanced);
  }
  recorded.display.show(finished);
  recorded.display.close();
  const events = recorded.written().trimEnd().split("\n").map((line) => JSON.parse(line));
  const steps = events.filter(({ kind }) => kind === "advanced").map(({ by }) => by);
  equal(steps.reduce((sum, by) => sum + by, 0), 10_000);
  equal(steps.length <= 14, true, `${steps.length}`);
  deepEqual([events[0].kind, events.at(-1).kind], ["started", "finished"]);
});

Deno.test("json: events lose their secrets", () => {
  const { display, written } = record("json");
  display.show({ kind: "logged", level: "INFO", message: "from https://me:pw@host.example/" });
  display.close();
  equal(JSON.parse(written()).message, "from https://***@host.example/");
});

Deno.test("bar: a printed line takes the bar's place, and the bar comes back below it", () => {
  const { display, written } = record("bar");
  display.show(started);
  display.print(["first"]);
  display.print(["second"]);
  display.close();
  const bar = "\x1b[2KReading  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0%  0 of 4\n\x1b[0J";
  equal(written(), `first\n${bar}\x1b[1A\x1b[0Jsecond\n${bar}\x1b[1A\x1b[0J`);
});

Deno.test("bar: the terminal is left alone while a question is asked", async () => {
  const { display, written } = record("bar");
  display.show(started);
  display.print(["first"]);
  const before = written();
  await display.aside(() => {
    equal(written(), `${before}\x1b[1A\x1b[0J`);
    display.show(advanced);
    return Promise.resolve();
  });
  equal(written(), `${before}\x1b[1A\x1b[0J`);
  display.close();
});

Deno.test("bar: it is drawn at most about twelve times a second", async () => {
  const { display, written } = record("bar");
  display.show(started);
  const startedAt = Date.now();
  while (Date.now() - startedAt < 500) {
    display.show(advanced);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  display.close();
  const drawings = written().split("\x1b[2KReading").length - 1;
  const most = (Date.now() - startedAt) / 80 + 2;
  equal(drawings >= 1 && drawings <= most, true, `${drawings} of ${most}`);
});
