import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { sampleCommands as root } from "../support/sample_commands.ts";
import { type InProcessSettings, runInProcess } from "../support/run_in_process.ts";

type Options = Record<string, unknown>;

async function globalsOf(line: string[], settings: InProcessSettings = {}): Promise<Options> {
  const { stdout, json } = await runInProcess(line, { root, ...settings });
  return (json?.ok === undefined ? JSON.parse(stdout) : json.data) as Options;
}

const spellings: [
  flags: string[],
  variable: string,
  value: string,
  key: string,
  wanted: unknown,
][] = [
  [["-w", "/x"], "COMFYDOCK_HOME", "/x", "workspace", "/x"],
  [["--workspace=/x"], "COMFYDOCK_HOME", "/x", "workspace", "/x"],
  [["-e", "dev"], "COMFYDOCK_ENV", "dev", "env", "dev"],
  [["--json"], "COMFYDOCK_JSON", "1", "json", true],
  [["-y"], "COMFYDOCK_YES", "true", "yes", true],
  [["--non-interactive"], "COMFYDOCK_NON_INTERACTIVE", "yes", "interactive", false],
  [["--offline"], "COMFYDOCK_OFFLINE", "on", "offline", true],
  [["-q"], "COMFYDOCK_QUIET", "1", "quiet", true],
  [["-v"], "COMFYDOCK_VERBOSE", "true", "verbose", 1],
  [["-v", "-vv"], "COMFYDOCK_VERBOSE", "3", "verbose", 3],
  [["--log-level", "warning"], "COMFYDOCK_LOG_LEVEL", "WARNING", "logLevel", "WARNING"],
  [["--no-progress"], "COMFYDOCK_NO_PROGRESS", "1", "progress", "none"],
  [["--progress", "json"], "COMFYDOCK_PROGRESS", "json", "progress", "json"],
  [["--color", "always"], "COMFYDOCK_COLOR", "always", "color", { stdout: true, stderr: true }],
];
const terminals = ["stdin", "stdout", "stderr"] as const;

Deno.test("every global option works before the command, behind it and from its variable", async () => {
  for (const [flags, variable, value, key, wanted] of spellings) {
    const before = await globalsOf([...flags, "globals"], { terminals });
    const behind = await globalsOf(["globals", ...flags], { terminals });
    const fromEnv = await globalsOf(["globals"], { terminals, env: { [variable]: value } });
    deepEqual([before[key], behind[key], fromEnv[key]], [wanted, wanted, wanted], flags.join(" "));
  }
});

Deno.test("global options stand between the words of a command", async () => {
  const { json } = await runInProcess(["-w", "x", "registry", "--json", "-v", "update"], { root });
  equal(json?.command, "registry update");
});

Deno.test("a flag wins over its variable", async () => {
  const options = await globalsOf(["globals", "-w", "flag"], { env: { COMFYDOCK_HOME: "env" } });
  equal(options.workspace, "flag");
});

Deno.test("without options the workspace is ~/.comfydock_workspace and no environment is named", async () => {
  const options = await globalsOf(["globals"]);
  equal(options.workspace, join("/home/someone", ".comfydock_workspace"));
  equal(options.env, undefined);
  equal(options.logLevel, "INFO");
});

Deno.test("an environment variable with a wrong value is a usage error that names it", async () => {
  const cases = [
    ["COMFYDOCK_JSON", "maybe"],
    ["COMFYDOCK_COLOR", "sometimes"],
    ["COMFYDOCK_PROGRESS", "xml"],
    ["COMFYDOCK_LOG_LEVEL", "LOUD"],
    ["COMFYDOCK_VERBOSE", "very"],
  ] as const;
  for (const [name, value] of cases) {
    const { code, stderr } = await runInProcess(["globals"], { root, env: { [name]: value } });
    equal(code, 2, name);
    match(stderr, new RegExp(`^error: Cannot use "${value}" for the environment variable ${name}`));
    match(stderr, new RegExp(`hint: .*${name}`));
  }
});

const colors: [
  choice: string[],
  env: Record<string, string>,
  terminal: boolean,
  wanted: boolean,
][] = [
  [[], {}, true, true],
  [[], {}, false, false],
  [[], { NO_COLOR: "1" }, true, false],
  [[], { NO_COLOR: "" }, true, true],
  [[], { FORCE_COLOR: "1" }, false, true],
  [[], { FORCE_COLOR: "0" }, true, false],
  [[], { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [[], { TERM: "dumb" }, true, false],
  [["--color", "always"], { NO_COLOR: "1" }, false, true],
  [["--color", "never"], { FORCE_COLOR: "1" }, true, false],
  [["--color", "auto"], {}, true, true],
];

Deno.test("colours follow --color, then NO_COLOR, then FORCE_COLOR, then the terminal", async () => {
  for (const [choice, env, terminal, wanted] of colors) {
    const settings = { env, terminals: terminal ? ["stdout"] as const : [] };
    const { stdout } = await runInProcess(["greet", ...choice], { root, ...settings });
    equal(stdout.includes("\x1b["), wanted, JSON.stringify([choice, env, terminal]));
  }
});

const interactive: [line: string[], settings: InProcessSettings, wanted: boolean][] = [
  [[], { terminals }, true],
  [[], { terminals: ["stdout", "stderr"] }, false],
  [[], { terminals: ["stdin", "stdout"] }, false],
  [[], { terminals, env: { CI: "true" } }, false],
  [[], { terminals, env: { CI: "false" } }, true],
  [["-y"], { terminals }, false],
  [["--non-interactive"], { terminals }, false],
  [["--json"], { terminals }, false],
];

Deno.test("people are asked only at a terminal, outside CI, without -y, --non-interactive and --json", async () => {
  for (const [line, settings, wanted] of interactive) {
    equal((await globalsOf(["globals", ...line], settings)).interactive, wanted, line.join(" "));
  }
});

Deno.test("-q tells nothing but errors", async () => {
  const { stdout, stderr, code } = await runInProcess(["work", "-q"], { root });
  deepEqual([code, stdout, stderr], [0, '{"done":true}\n', ""]);
  match((await runInProcess(["crash", "-q"], { root })).stderr, /^error: /);
});

Deno.test("-v and --log-level decide which messages are told", async () => {
  const cases: [line: string[], debug: boolean, warning: boolean][] = [
    [[], false, true],
    [["-v"], true, true],
    [["--log-level", "DEBUG"], true, true],
    [["--log-level", "ERROR"], false, false],
  ];
  await Promise.all(cases.map(async ([line, debug, warning]) => {
    const { stderr } = await runInProcess(["work", ...line], { root });
    const lines = stderr.split("\n");
    equal(lines.includes("debug: A detail"), debug, line.join(" "));
    equal(lines.includes("warning: Odd record"), warning, line.join(" "));
  }));
});
