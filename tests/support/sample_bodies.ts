import { baseErrors, ComfydockError, registerSecret } from "../../src/base/mod.ts";
import type { CommandBody, CommandContext } from "../../src/cli/mod.ts";

type Named = readonly [name: string, body: CommandBody];

function body(run: (context: CommandContext) => Promise<unknown>): CommandBody {
  return {
    run: async (_input, context) => ({ data: await run(context) ?? null }),
    view: (data) => data === null ? [] : [JSON.stringify(data)],
  };
}

/** Commands that end badly, each in its own way. */
export const failing: readonly Named[] = [
  [
    "fail",
    body(() => {
      registerSecret("tell-no-one");
      const origin = new Error("refused by https://me:pa55word@host.example/x?token=abc");
      const middle = new Error("Cannot reach the host\nwith tell-no-one", { cause: origin });
      throw new ComfydockError(baseErrors.DATA_INVALID, 'Cannot read "a\u001b]0;b\u0007"', {
        cause: middle,
        hint: "Run `comfydock greet`",
        details: { url: "https://me:pa55word@host.example/", key: "tell-no-one" },
      });
    }),
  ],
  ["crash", body(() => Promise.reject(new TypeError("x is not a function")))],
  [
    "stray",
    body(() => {
      Promise.reject(new TypeError("nobody awaited this"));
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    }),
  ],
];

/** Commands that take a while. */
export const working: readonly Named[] = [
  [
    "work",
    body(async ({ report, clock, signal }) => {
      report.emit({ kind: "started", id: "a", label: "Reading", total: 10, unit: "bytes" });
      for (let step = 0; step < 10; step++) {
        report.emit({ kind: "advanced", id: "a", by: 1 });
        await clock.sleep(40, signal);
        if (step === 5) report.emit({ kind: "warned", code: "ODD", message: "Odd record" });
        if (step === 6) report.emit({ kind: "logged", level: "DEBUG", message: "A detail" });
      }
      report.emit({ kind: "finished", id: "a", summary: "read 10 records" });
      return { done: true };
    }),
  ],
  [
    "wait",
    body(async ({ clock, signal, report }) => {
      report.emit({ kind: "logged", level: "INFO", message: "waiting" });
      try {
        await clock.sleep(60_000, signal);
      } finally {
        await Deno.writeTextFile("rolled-back", "yes");
      }
    }),
  ],
  [
    "stubborn",
    body(({ report, signal }) => {
      const tell = (message: string) => report.emit({ kind: "logged", level: "INFO", message });
      signal.addEventListener("abort", () => tell("stopping"));
      tell("waiting");
      return new Promise((resolve) => setTimeout(resolve, 60_000));
    }),
  ],
];

/** Commands that ask. */
export const asking: readonly Named[] = [
  [
    "choose",
    body(async ({ ask }) => ({
      answer: await ask.choose({
        message: "Which side?",
        flag: "`--strategy ours` or `--strategy theirs`",
        choices: [{ value: "ours" }, { value: "theirs" }],
      }),
    })),
  ],
  [
    "confirm",
    body(async ({ ask }) => ({
      answer: await ask.confirm({ message: "Really?", flag: "`--yes`" }),
    })),
  ],
  [
    "text",
    body(async ({ ask }) => ({
      answer: await ask.text({
        message: "What name?",
        flag: "`--name NAME`",
        check: (answer) => answer.length < 3 ? "Too short" : undefined,
      }),
    })),
  ],
  [
    "secret",
    body(async ({ ask }) => {
      const answer = await ask.secret({ message: "Which key?", flag: "`-` on standard input" });
      return { length: answer.length, answer };
    }),
  ],
];
