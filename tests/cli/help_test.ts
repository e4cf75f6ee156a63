import { deepEqual, equal, match } from "node:assert/strict";
import { sampleCommands as root } from "../support/sample_commands.ts";
import { runInProcess } from "../support/run_in_process.ts";

/** The help up to the global options, which are the same everywhere. */
async function helpOf(
  ...line: string[]
): Promise<{ head: string[]; globals: string[]; tail: string[] }> {
  const { code, stdout, stderr } = await runInProcess(line, { root });
  deepEqual([code, stderr], [0, ""], line.join(" "));
  const lines = stdout.trimEnd().split("\n");
  const from = lines.indexOf("Global options:");
  const to = lines.indexOf("Examples:");
  return { head: lines.slice(0, from), globals: lines.slice(from, to), tail: lines.slice(to) };
}

Deno.test("help of a group lists its commands, groups and examples", async () => {
  const { head, tail } = await helpOf("registry", "--help");
  deepEqual(head, [
    "Sample group.",
    "",
    "Usage: comfydock registry [OPTIONS] COMMAND",
    "",
    "Commands:",
    "  update    Sample registry update",
    "  lookup    Sample registry lookup",
    "  snapshot  Sample group that is a command too",
    "",
  ]);
  deepEqual(tail, ["Examples:", "  comfydock registry update  # update"]);
});

Deno.test("help of a command explains arguments, options, defaults, choices and variables", async () => {
  deepEqual((await helpOf("greet", "-h")).head, [
    "Sample greet.",
    "",
    "Usage: comfydock greet [OPTIONS] [WORD…]",
    "",
    "Arguments:",
    "  WORD…  What to say",
    "",
    "Options:",
    "  -o, --output FILE        Where to [env: SAMPLE_OUTPUT]",
    "      --rate N             How fast [default: 8]",
    "      --max-versions N     How many [default: -1]",
    "  -l, --loud               Shout",
    "      --style plain|fancy  How",
    "      --tag TAG            Marks (repeatable) [env: SAMPLE_TAGS]",
    "",
  ]);
  deepEqual((await helpOf("need", "--help")).head.slice(2), [
    "Usage: comfydock need [OPTIONS] --data-dir DIR NAME",
    "",
    "Arguments:",
    "  NAME  Whose [one, other]",
    "",
    "Options:",
    "      --data-dir DIR  The data (required)",
    "",
  ]);
  match((await helpOf("change", "--help")).head.join("\n"), /--dry-run +Show the plan/);
  match((await helpOf("pass", "--help")).head.join("\n"), /pass \[OPTIONS\] \[-- ARG…\]/);
});

Deno.test("help is a word, too, before those of a command", async () => {
  for (const line of [["help"], ["help", "greet"], ["help", "registry", "update"]]) {
    deepEqual(await helpOf(...line), await helpOf(...line.slice(1), "--help"), line.join(" "));
  }
});

Deno.test("help of a group that is a command too explains both", async () => {
  deepEqual((await helpOf("registry", "snapshot", "--help")).head, [
    "Sample group that is a command too.",
    "",
    "Usage: comfydock registry snapshot [OPTIONS]",
    "       comfydock registry snapshot [OPTIONS] COMMAND",
    "",
    "Commands:",
    "  list  Sample registry snapshot list",
    "",
    "Options:",
    "      --data-dir DIR  The data",
    "",
  ]);
});

Deno.test("every level names all global options with their variables", async () => {
  const levels = await Promise.all([
    helpOf("--help"),
    helpOf("registry", "--help"),
    helpOf("greet", "--help"),
  ]);
  for (const { globals } of levels) {
    const text = globals.join(" ");
    for (
      const name of ["HOME", "ENV", "JSON", "YES", "NON_INTERACTIVE", "OFFLINE", "QUIET", "VERBOSE"]
        .concat("LOG_LEVEL", "COLOR", "PROGRESS", "NO_PROGRESS")
    ) match(text, new RegExp(`\\[env: COMFYDOCK_${name}\\]`));
  }
});

Deno.test("the root's help is exactly this", async (t) => {
  const { stdout } = await runInProcess(["--help"], {
    root: { ...root, commands: [], groups: [] },
  });
  const expected = await Deno.readTextFile(new URL("./testdata/root_help.txt", import.meta.url));
  equal(stdout, expected.replaceAll("\r\n", "\n"));
  await t.step("and in colour where colours are wanted", async () => {
    const { stdout } = await runInProcess(["--help", "--color=always"], { root });
    equal(stdout.includes("\x1b[1m\x1b[32mUsage:\x1b[39m\x1b[22m \x1b[36mcomfydock"), true);
  });
});

Deno.test("help is found wherever --help stands, and answers before anything is checked", async () => {
  for (
    const line of [["--help", "greet"], ["greet", "--help"], ["greet", "--nonsense", "-h", "x"]]
  ) {
    match((await runInProcess(line, { root })).stdout, /^Usage: comfydock greet/m, line.join(" "));
  }
  const behindDashes = await runInProcess(["pass", "--", "--help"], { root });
  match(behindDashes.stdout, /"rest":\["--help"\]/);
});

Deno.test("help with --json is text as data", async () => {
  const { json } = await runInProcess(["registry", "--help", "--json"], { root });
  equal(json?.command, "registry");
  match((json?.data as { help: string }).help, /^Sample group\.\n\nUsage: /);
});

Deno.test("a group without a command shows its help on stderr and ends with 2", async () => {
  for (const line of [[], ["registry"]]) {
    const { code, stdout, stderr } = await runInProcess(line, { root });
    deepEqual([code, stdout], [2, ""]);
    match(stderr, /^Usage: comfydock/m);
    match(stderr, /^error: Expected a command behind `comfydock/m);
  }
});

Deno.test("help fits the terminal", async () => {
  for (const columns of [40, 60, 80, 200]) {
    const { stdout } = await runInProcess(["--help"], { root, columns });
    const widest = Math.max(...stdout.split("\n").map((line) => line.length));
    equal(widest <= Math.max(columns, 43) && widest <= 100, true, `${widest} of ${columns}`);
  }
});
