import { ComfydockError, ExitCode } from "../../src/base/mod.ts";
import type {
  CommandBody,
  CommandDefinition,
  GroupDefinition,
  InputOf,
  OptionDefinitions,
} from "../../src/cli/mod.ts";
import type { Outcome } from "../../src/output/mod.ts";
import { asking, failing, working } from "./sample_bodies.ts";

/** One option of each kind. */
export const greetOptions = {
  output: { kind: "text", short: "o", value: "FILE", env: "SAMPLE_OUTPUT", brief: "Where to" },
  rate: { kind: "number", range: [0, 100], default: 8, brief: "How fast" },
  "max-versions": { kind: "integer", default: -1, brief: "How many" },
  loud: { kind: "boolean", short: "l", brief: "Shout" },
  style: { kind: "choice", choices: ["plain", "fancy"], brief: "How" },
  tag: { kind: "list", value: "TAG", env: "SAMPLE_TAGS", brief: "Marks" },
} as const satisfies OptionDefinitions;

const greet: CommandBody<{ options: unknown; args: readonly string[] }> = {
  run: ({ options, args, rest, dryRun }: InputOf<typeof greetOptions>) =>
    Promise.resolve({ data: { options, args, rest, dryRun } }),
  view: ({ args }, { bold }) => [bold(`hello ${args.join(" ")}`)],
};

const echoData: CommandBody = {
  run: ({ options, args, rest, dryRun }) =>
    Promise.resolve({ data: { options, args, rest, dryRun } }),
  view: (data) => [JSON.stringify(data)],
};

const check: CommandBody = {
  run: () => Promise.resolve({ data: { findings: ["one"] }, exit: 1 }),
  view: () => ["one finding"],
};

const partial: CommandBody = {
  run(): Promise<Outcome> {
    const error = new ComfydockError(
      { code: "SAMPLE_PARTIAL", exit: ExitCode.network, meaning: "" },
      "Cannot add 1 of 5 nodes: rgthree",
    );
    return Promise.resolve({ data: { added: 4 }, error, warnings: [{ code: "W", message: "w" }] });
  },
  view: () => ["added 4"],
};

const globals: CommandBody = {
  run: (_input, { options }) => Promise.resolve({ data: options }),
  view: (data) => [JSON.stringify(data)],
};

const flood: CommandBody = {
  run: () => Promise.resolve({ data: null }),
  view: () => Array.from({ length: 200_000 }, (_, index) => `line ${index}`),
};

/** Declares a command of the samples. */
function command(
  path: string,
  body: CommandBody,
  more: Partial<CommandDefinition> = {},
): CommandDefinition {
  return {
    path: path.split(" "),
    brief: `Sample ${path}`,
    examples: [{ command: `comfydock ${path}`, brief: "try it" }],
    load: () => Promise.resolve(body),
    ...more,
  };
}

const words = [{ name: "WORD", brief: "What to say", many: true }];

/** Commands that show every way a command can behave; only tests have them. */
export const sampleCommands: GroupDefinition = {
  path: [],
  brief: "Samples",
  examples: [{ command: "comfydock greet", brief: "say hello" }],
  commands: [
    command("greet", greet, { options: greetOptions, arguments: words }),
    command("change", echoData, { changes: true }),
    command("pass", echoData, { rest: { name: "ARG", brief: "Passed on" } }),
    command("need", echoData, {
      options: { "data-dir": { kind: "text", value: "DIR", required: true, brief: "The data" } },
      arguments: [{ name: "NAME", brief: "Whose", required: true, choices: ["one", "other"] }],
    }),
    command("globals", globals),
    command("check", check),
    command("partial", partial),
    command("flood", flood),
    ...failing.map(([name, body]) => command(name, body)),
    ...working.map(([name, body]) => command(name, body)),
    ...asking.map(([name, body]) => command(name, body)),
    command("version", echoData),
  ],
  groups: [
    {
      path: ["registry"],
      brief: "Sample group",
      examples: [{ command: "comfydock registry update", brief: "update" }],
      commands: [
        command("registry update", echoData),
        command("registry lookup", echoData, { arguments: words }),
      ],
      groups: [{
        path: ["registry", "snapshot"],
        brief: "Sample group that is a command too",
        examples: [{ command: "comfydock registry snapshot", brief: "take one" }],
        commands: [command("registry snapshot list", echoData)],
        index: command("registry snapshot", echoData, {
          options: { "data-dir": { kind: "text", value: "DIR", brief: "The data" } },
        }),
      }],
    },
  ],
};
