import { deepEqual, equal, match } from "node:assert/strict";
import { sampleCommands as root } from "../support/sample_commands.ts";
import { runInProcess } from "../support/run_in_process.ts";

const run = (line: string[], env?: Record<string, string>) =>
  runInProcess(["--json", ...line], { root, env });

const defaults = {
  rate: 8,
  maxVersions: -1,
  loud: false,
  tag: [],
};

const accepted: [line: string[], expected: Record<string, unknown>][] = [
  [["greet"], {}],
  [["greet", "-o", "x"], { output: "x" }],
  [["greet", "-ox"], { output: "x" }],
  [["greet", "-o=x"], { output: "x" }],
  [["greet", "--output", "x"], { output: "x" }],
  [["greet", "--output=x=y"], { output: "x=y" }],
  [["greet", "--output", "-"], { output: "-" }],
  [["greet", "--rate", "0.5"], { rate: 0.5 }],
  [["greet", "--max-versions", "-1"], { maxVersions: -1 }],
  [["greet", "--max-versions=10"], { maxVersions: 10 }],
  [["greet", "-l", "--loud"], { loud: true }],
  [["greet", "--style", "FANCY"], { style: "fancy" }],
  [["greet", "--tag", "a", "--tag", "b"], { tag: ["a", "b"] }],
];

Deno.test("a command's options are read in every usual spelling", async () => {
  for (const [line, expected] of accepted) {
    const { json, code } = await run(line);
    equal(code, 0, line.join(" "));
    deepEqual(
      (json?.data as { options: unknown }).options,
      { ...defaults, ...expected },
      line.join(" "),
    );
  }
});

const refused: [line: string[], code: string, named: RegExp, hint: RegExp][] = [
  [["greet", "--rate", "fast"], "OPTION_VALUE_INVALID", /"fast" for option --rate/, /--rate/],
  [["greet", "--rate", "101"], "OPTION_VALUE_INVALID", /from 0 to 100/, /--rate/],
  [["greet", "--rate="], "OPTION_VALUE_MISSING", /--rate needs a value/, /--rate=VALUE/],
  [["greet", "--rate"], "OPTION_VALUE_MISSING", /--rate needs a value/, /--rate=VALUE/],
  [["greet", "--rate", "--loud"], "OPTION_VALUE_MISSING", /--rate needs a value/, /--rate=VALUE/],
  [["greet", "--max-versions", "1.5"], "OPTION_VALUE_INVALID", /a whole number/, /--max-versions/],
  [["greet", "--max-versions", ""], "OPTION_VALUE_INVALID", /--max-versions/, /--max-versions/],
  [["greet", "--loud=yes"], "OPTION_VALUE_INVALID", /--loud takes no value/, /--loud alone/],
  [["greet", "--style", "fancey"], "OPTION_VALUE_INVALID", /--style/, /mean `--style fancy`/],
  [["greet", "-o", "a", "-o", "b"], "OPTION_REPEATED", /--output was given twice/, /once/],
  [["greet", "--ratte", "1"], "OPTION_UNKNOWN", /"--ratte" for `comfydock greet`/, /`--rate`/],
  [["greet", "--zzzzzz"], "OPTION_UNKNOWN", /"--zzzzzz"/, /`comfydock greet --help`/],
  [["greet", "--x"], "OPTION_UNKNOWN", /"--x"/, /--help/],
  [["greet", "-x"], "OPTION_UNKNOWN", /"-x"/, /--help/],
  [["greet", "--dry-run"], "OPTION_UNKNOWN", /"--dry-run"/, /--help/],
  [["greet", "--constructor"], "OPTION_UNKNOWN", /"--constructor"/, /--help/],
  [["--jsno", "greet"], "OPTION_UNKNOWN", /"--jsno"/, /`--json`/],
  [["need"], "OPTION_MISSING", /--data-dir is missing/, /`comfydock need --data-dir DIR`/],
  [["need", "--data-dir", "x"], "ARGUMENT_MISSING", /NAME is missing/, /`comfydock need --help`/],
  [["need", "--data-dir", "x", "othr"], "ARGUMENT_INVALID", /argument NAME/, /mean `other`/],
  [["need", "--data-dir", "x", "one", "two"], "ARGUMENT_UNEXPECTED", /"two"/, /--help/],
  [["need", "--data-dir=x", "--", "--json"], "ARGUMENT_INVALID", /"--json"/, /one of/],
];

Deno.test("a wrong option or value ends with exit 2, names the option and tells the right one", async () => {
  for (const [line, code, named, hint] of refused) {
    const result = await run(line);
    equal(result.code, 2, line.join(" "));
    equal(result.json?.error?.code, code, line.join(" "));
    match(result.json?.error?.message ?? "", named);
    match(result.json?.error?.hint ?? "", hint);
  }
});

Deno.test("an option is read from its environment variable when the flag is absent", async () => {
  const env = { SAMPLE_OUTPUT: "from-env", SAMPLE_TAGS: "a, b,," };
  const { json } = await run(["greet"], env);
  deepEqual((json?.data as { options: unknown }).options, {
    ...defaults,
    output: "from-env",
    tag: ["a", "b"],
  });
  const flag = await run(["greet", "-o", "flag"], env);
  equal((flag.json?.data as { options: { output: string } }).options.output, "flag");
});

Deno.test("words behind -- are passed on, or are arguments where nothing is passed on", async () => {
  const passed = await run(["pass", "--", "-x", "--json"]);
  deepEqual((passed.json?.data as { rest: unknown }).rest, ["-x", "--json"]);
  const args = await run(["greet", "a", "--", "--loud"]);
  deepEqual((args.json?.data as { args: unknown }).args, ["a", "--loud"]);
});

Deno.test("--dry-run is taken by every command that changes something", async () => {
  const { json } = await run(["change", "--dry-run"]);
  equal((json?.data as { dryRun: boolean }).dryRun, true);
  equal(((await run(["change"])).json?.data as { dryRun: boolean }).dryRun, false);
});
