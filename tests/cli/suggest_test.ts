import { deepEqual, equal, match } from "node:assert/strict";
import { editDistance, nearest } from "../../src/base/mod.ts";
import { sampleCommands as root } from "../support/sample_commands.ts";
import { runInProcess } from "../support/run_in_process.ts";

const slips: [line: string[], suggestion: string][] = [
  [["gret"], "comfydock greet"],
  [["gerte"], "comfydock greet"],
  [["GREET"], "comfydock greet"],
  [["registr", "update"], "comfydock registry update"],
  [["regstry", "updte"], "comfydock registry update"],
  [["regstry", "updte", "more"], "comfydock registry update"],
  [["registry", "updte"], "comfydock registry update"],
  [["registry", "snapshot", "lst"], "comfydock registry snapshot list"],
  [["registry", "snapshots"], "comfydock registry snapshot"],
  [["lookup", "KSampler"], "comfydock registry lookup"],
  [["registry", "greet"], "comfydock greet"],
  [["-v", "--offline", "gret"], "comfydock greet"],
];

Deno.test("an unknown command ends with exit 2 and the nearest right one, on every level", async () => {
  for (const [line, suggestion] of slips) {
    const { code, json } = await runInProcess([...line, "--json"], { root });
    equal(code, 2, line.join(" "));
    equal(json?.error?.code, "COMMAND_UNKNOWN", line.join(" "));
    equal(json?.error?.hint, `Did you mean \`${suggestion}\`?`, line.join(" "));
    equal(json?.error?.details.suggestion, suggestion);
  }
});

Deno.test("a command that is like no other leads to the help of the group that was reached", async () => {
  const far = await runInProcess(["xyzzyxyzzy"], { root });
  equal(
    far.stderr,
    [
      'error: Unknown command "xyzzyxyzzy"',
      "",
      "hint: Run `comfydock --help` to see the commands",
      "",
    ].join("\n"),
  );
  const inGroup = await runInProcess(["registry", "q".repeat(100_000)], { root });
  match(inGroup.stderr, /hint: Run `comfydock registry --help`/);
});

Deno.test("a hidden command is never suggested", async () => {
  const { stderr } = await runInProcess(["complet"]);
  match(stderr, /`comfydock completion`/);
});

Deno.test("editDistance() counts inserted, removed, exchanged and swapped letters", () => {
  const cases = [["", "", 0], ["a", "", 1], ["ab", "ba", 1], ["update", "updte", 1], [
    "kitten",
    "sitting",
    3,
  ]] as const;
  for (const [from, to, distance] of cases) {
    deepEqual([editDistance(from, to), editDistance(to, from)], [distance, distance]);
  }
});

Deno.test("nearest() finds a word by its beginning, and nothing for a stranger", () => {
  equal(nearest("max", ["max-versions", "min"]), "max-versions");
  equal(nearest("max", ["max-versions", "mix"]), "mix");
  equal(nearest("unlike", ["max-versions", "mix"]), undefined);
});
