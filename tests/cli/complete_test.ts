import { deepEqual, equal } from "node:assert/strict";
import { proposeCompletions } from "../../src/cli/complete.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { sampleCommands as root } from "../support/sample_commands.ts";

const values = (...words: string[]) => proposeCompletions(words, root).map(({ value }) => value);

const cases: [words: string[], expected: string[]][] = [
  [["reg"], ["registry"]],
  [["c"], ["change", "check", "crash", "choose", "confirm"]],
  [["registry", ""], ["update", "lookup", "snapshot"]],
  [["-w", "x", "registry", "u"], ["update"]],
  [["--workspace=x", "-v", "registry", "u"], ["update"]],
  [["registry", "snapshot", ""], ["list"]],
  [["registry", "snapshot", "--da"], ["--data-dir"]],
  [["greet", "--st"], ["--style"]],
  [["greet", "--style", ""], ["plain", "fancy"]],
  [["greet", "--style", "f"], ["fancy"]],
  [["greet", "--style=f"], ["--style=fancy"]],
  [["greet", "--style", "fancy", "--st"], []],
  [["greet", "--tag", "a", "--ta"], ["--tag"]],
  [["greet", "--color", "a"], ["auto", "always"]],
  [["--log-level", "W"], ["WARNING"]],
  [["change", "--dry"], ["--dry-run"]],
  [["greet", "--dry"], []],
  [["greet", "--hel"], ["--help"]],
  [["need", ""], ["one", "other"]],
  [["need", "--data-dir", "x", "ot"], ["other"]],
  [["need", "one", ""], []],
  [["greet", "--output", ""], []],
  [["pass", "--", "--js"], []],
  [["unknown", ""], []],
];

Deno.test("completion proposes commands, options and their values wherever they may stand", () => {
  for (const [words, expected] of cases) deepEqual(values(...words), expected, words.join(" "));
});

Deno.test("hidden commands are not proposed, and every proposal is explained", async () => {
  const { stdout } = await runInProcess(["complete", "zsh", "--", "comp"]);
  equal(stdout, "completion\tPrint the script that completes comfydock's commands in a shell\n");
});

Deno.test("bash gets only what stands behind the equals sign, since it splits words there", async () => {
  for (const words of [["--color", "=", "al"], ["--color", "="], ["version", "--color", "=", ""]]) {
    const { stdout } = await runInProcess(["complete", "bash", "--", ...words]);
    equal(stdout.split("\n").some((line) => line.startsWith("always\t")), true, words.join(" "));
  }
});

Deno.test("PowerShell marks the unfinished word with a dot, since it drops empty words", async () => {
  const { stdout } = await runInProcess(["complete", "powershell", "--", "completion", "."]);
  deepEqual(stdout.trimEnd().split("\n").map((line) => line.split("\t")[0]), [
    "bash",
    "zsh",
    "fish",
    "powershell",
  ]);
});
