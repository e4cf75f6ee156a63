import { deepEqual, equal } from "node:assert/strict";
import { ComfydockError, ExitCode } from "../../src/base/mod.ts";
import {
  alignColumns,
  createEnvelope,
  createStyle,
  formatBytes,
  formatCount,
  formatDuration,
  printable,
  printableLine,
  redactDeep,
  refusingAsk,
  renderEnvelope,
  renderError,
  visibleLength,
  wrapText,
} from "../../src/output/mod.ts";

const kind = { code: "SAMPLE", exit: ExitCode.failed, meaning: "" };
const plain = createStyle(false);

Deno.test("printable() lets neither control sequences nor secrets through", () => {
  const cases = [
    ["plain text\twith\nlines", "plain text\twith\nlines"],
    ["\x1b[31mred\x1b[39m", "\x1b[31mred\x1b[39m"],
    ["a\x1b[2Jb\x1b]0;title\x07c", "a[2Jb]0;titlec"],
    ["over\rwritten\b\x7f\x9b1A", "overwritten1A"],
    ["evil\u202egnp.exe", "evilgnp.exe"],
    ["https://me:pw@host.example/", "https://***@host.example/"],
  ];
  for (const [text, shown] of cases) equal(printable(text!), shown);
  equal(printableLine("one\n  two\r\nthree"), "one two three");
});

Deno.test("printable() takes time in step with the length of the text", () => {
  const startedAt = performance.now();
  for (const text of ["q".repeat(1_000_000), "a.".repeat(500_000), "x://".repeat(250_000)]) {
    printable(text);
  }
  const elapsed = performance.now() - startedAt;
  equal(elapsed < 5000, true, `${elapsed} ms`);
});

Deno.test("redactDeep() takes secrets out of keys and values and leaves the rest as it is", () => {
  const secret = "https://me:pw@host.example/";
  const clean = "https://***@host.example/";
  const value = { [secret]: [secret, 1, null, true, { deep: secret }], date: new Date(0) };
  deepEqual(redactDeep(value), {
    [clean]: [clean, 1, null, true, { deep: clean }],
    date: "1970-01-01T00:00:00.000Z",
  });
});

Deno.test("renderEnvelope() is valid JSON even where secrets stand beside quotes", () => {
  const data = { a: "see https://u", b: "x:y@z", c: '"https://me:pw@h"' };
  const envelope = createEnvelope({ command: "x", data, warnings: [], elapsedMs: 1.6 });
  const read = JSON.parse(renderEnvelope(envelope));
  deepEqual(read.data, { ...data, c: '"https://***@h"' });
  equal(read.elapsed_ms, 2);
});

Deno.test("renderError() says a cause once, and no cause that the message has said already", () => {
  const deep = new Error("disk on fire");
  const error = new ComfydockError(kind, "Cannot write: no room", {
    cause: new Error("no room", { cause: new Error("no room", { cause: deep }) }),
  });
  deepEqual(renderError(error, plain), ["error: Cannot write: no room", "  cause: disk on fire"]);
});

Deno.test("renderError() adds what the program at fault wrote with -v, and only then", () => {
  const details = { command: "uv lock", exit_code: 1, stderr: ["error: No solution", "  cause"] };
  const error = new ComfydockError(kind, "Cannot fit", { details });
  deepEqual(renderError(error, plain), ["error: Cannot fit"]);
  const lines = ["error: Cannot fit", "", "uv lock", "  error: No solution", "    cause"];
  deepEqual(renderError(error, plain, 1), lines);
});

Deno.test("renderError() ends on causes that go round in circles", () => {
  const one = new Error("one");
  one.cause = new Error("two", { cause: one });
  const lines = renderError(new ComfydockError(kind, "Cannot go on", { cause: one }), plain, 2);
  equal(lines.length < 200, true);
});

Deno.test("alignColumns() lines cells up by what is seen of them", () => {
  const { red } = createStyle(true);
  deepEqual(alignColumns([["a", "bb", "c"], [red("aaa"), "b"]], { indent: 1 }), [
    " a    bb  c",
    ` ${red("aaa")}  b`,
  ]);
  equal(visibleLength(red("abc")), 3);
});

Deno.test("wrapText() breaks at blanks only", () => {
  deepEqual(wrapText("one two  three", 7), ["one two", "three"]);
  deepEqual(wrapText("a-very-long-word b", 5), ["a-very-long-word", "b"]);
  deepEqual(wrapText("", 5), []);
});

Deno.test("amounts are written for people", () => {
  const bytes = [[0, "0 B"], [1023, "1023 B"], [1536, "1.5 KiB"], [2 ** 50, "1024.0 TiB"]] as const;
  for (const [value, text] of bytes) equal(formatBytes(value), text);
  const counts = [[0, "0"], [999, "999"], [1000, "1,000"], [1234567, "1,234,567"]] as const;
  for (const [value, text] of counts) equal(formatCount(value), text);
  const times = [
    [0, "0 ms"],
    [999, "999 ms"],
    [1000, "1.0 s"],
    [59_949, "59.9 s"],
    [59_999, "1 min 00 s"],
    [200_000, "3 min 20 s"],
    [3_599_600, "1 h 00 min"],
    [7_500_000, "2 h 05 min"],
  ] as const;
  for (const [value, text] of times) equal(formatDuration(value), text);
});

Deno.test("refusingAsk() confirms with yes and refuses everything else by naming the flag", async () => {
  const question = { message: "Sure?", flag: "`--force`" };
  equal(await refusingAsk({ yes: true }).confirm(question), true);
  for (
    const ask of [
      () => refusingAsk({ yes: false }).confirm(question),
      () => refusingAsk({ yes: true }).text(question),
    ]
  ) {
    const error = await ask().then(() => undefined, (reason) => reason);
    deepEqual([error.code, error.exit, error.hint], ["ANSWER_NEEDED", 2, "Answer with `--force`"]);
  }
});
