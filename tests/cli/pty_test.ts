import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { hasPty, type PtySettings, runInPty } from "../support/pty.ts";

const program = "tests/support/sample_main.ts";
const DOWN = "\u001b[B";
const ESCAPE = "\u001b";
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;]*m`, "g");
const TOKENS = new RegExp(`${ESCAPE}\\[\\??\\d*[A-Za-z]|\\r?\\n|\\r|[^${ESCAPE}\\r\\n]+`, "g");
const CTRL_C = "\u0003";

/** A test that needs a pseudo-terminal. */
function ptyTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !hasPty, fn });
}

async function ask(argv: string[], settings: PtySettings) {
  const run = await runInPty(argv, { program, ...settings });
  deepEqual([run.timedOut, run.stepsLeft], [false, 0], run.output);
  return { ...run, output: run.output.replaceAll(COLOURS, "") };
}

ptyTest("choose() takes the answer that was moved to", async () => {
  const { code, output } = await ask(["choose"], {
    steps: [{ expect: "Which side?", send: DOWN }, { expect: "theirs", send: "\r" }],
  });
  equal(code, 0);
  match(output, /\{"answer":"theirs"\}/);
});

ptyTest("confirm() asks for yes or no, and not at all with -y", async () => {
  const { output } = await ask(["confirm"], { steps: [{ expect: "Really?", send: "y" }] });
  match(output, /\{"answer":true\}/);
  const given = await ask(["confirm", "-y"], {});
  doesNotMatch(given.output, /Really/);
  match(given.output, /\{"answer":true\}/);
});

ptyTest("text() refuses an answer that its check refuses", async () => {
  const { output } = await ask(["text"], {
    steps: [
      { expect: "What name?", send: "ab\r" },
      { expect: "Too short", send: "c\r" },
    ],
  });
  match(output, /\{"answer":"abc"\}/);
});

ptyTest("secret() neither shows the secret nor lets it out afterwards", async () => {
  const { output } = await ask(["secret"], {
    steps: [{ expect: "Which key?", send: "opensesame\r" }],
  });
  match(output, /"length":10/);
  match(output, /"answer":"\*\*\*"/);
  doesNotMatch(output, /opensesame/);
});

ptyTest("Ctrl-C at a question ends with 130", async () => {
  const { code, output } = await ask(["choose"], {
    steps: [{ expect: "Which side?", send: CTRL_C }],
  });
  equal(code, 130);
  match(output, /error: Interrupted/);
});

ptyTest("questions are refused on a terminal too with --non-interactive or in CI", async () => {
  const settings = [{ argv: ["choose", "--non-interactive"], env: {} }, {
    argv: ["choose"],
    env: { CI: "1" },
  }];
  for (const { argv, env } of settings) {
    const { code, output } = await ask(argv, { env });
    equal(code, 2);
    match(output, /hint: Answer with `--strategy ours`/);
  }
});

ptyTest("a terminal of 0 by 0 hangs neither bars nor questions", async () => {
  equal((await ask(["work"], { size: null })).code, 0);
  const { output } = await ask(["confirm"], {
    size: null,
    steps: [{ expect: "Really?", send: "y" }],
  });
  match(output, /\{"answer":true\}/);
});

ptyTest("a bar shows amount, rate and time left, and is gone when the work is done", async () => {
  const { output } = await ask(["work"], { size: [24, 100] });
  match(output, /Reading {2}█*░+ +\d+% {2}\d+ B of 10 B · .*\/s · \d+ s left/);
  const shown = screen(output);
  equal(shown.length, 3);
  match(shown[0]!, /warning:.* Odd record$/);
  match(shown[1]!, /^Reading: read 10 records in/);
  equal(shown[2], '{"done":true}');
});

ptyTest("Ctrl-C takes the bar off the screen", async () => {
  const { code, output } = await ask(["work"], { steps: [{ expect: "░", send: CTRL_C }] });
  equal(code, 130);
  equal(screen(output).some((line) => /[█░]/.test(line)), false, output);
});

/** What a terminal shows in the end: heeds line ends, cursor up, and erasing; colours are dropped. */
function screen(output: string): string[] {
  const lines = [""];
  let row = 0;
  for (const token of output.match(TOKENS) ?? []) {
    if (token.endsWith("\n")) {
      row++;
      lines[row] ??= "";
    } else if (token.endsWith("A") && token.startsWith("\u001b")) {
      row -= Number(token.slice(2, -1));
    } else if (token === "\u001b[0J") {
      lines.length = row + 1;
      lines[row] = "";
    } else if (token === "\u001b[2K") lines[row] = "";
    else if (!token.startsWith("\u001b") && token !== "\r") lines[row] += token;
  }
  return lines.filter((line) => line !== "" && line !== "^C");
}
