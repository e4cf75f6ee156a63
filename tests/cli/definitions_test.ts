import { deepEqual, equal, match } from "node:assert/strict";
import type { CommandDefinition, GroupDefinition, OptionDefinition } from "../../src/cli/mod.ts";
import { commands } from "../../src/cli/commands.ts";
import { answeredOptions, globalOptions } from "../../src/cli/globals.ts";
import { locate } from "../../src/cli/locate.ts";
import { ownOptions } from "../../src/cli/parse.ts";
import { projectHas } from "../support/project.ts";
import { schemaPath } from "../support/schemas.ts";
import { splitCommandLine } from "../support/command_line.ts";

const groups = [...everyGroup(commands)];
const all = groups.flatMap((group) => [
  ...group.commands,
  ...(group.index ? [group.index] : []),
]);

function* everyGroup(group: GroupDefinition): Generator<GroupDefinition> {
  yield group;
  for (const inner of group.groups ?? []) yield* everyGroup(inner);
}

const nameOf = ({ path }: CommandDefinition | GroupDefinition) => path.join(" ") || "comfydock";

Deno.test("every command and group has a brief without full stop and at least one example", () => {
  for (const node of [...groups, ...all]) {
    match(node.brief, /^[A-Z].*[^.]$/s, nameOf(node));
    equal(node.examples.length > 0, true, nameOf(node));
  }
});

Deno.test("every example is a command line that the parser finds", () => {
  for (const node of [...groups, ...all]) {
    for (const { command } of node.examples) {
      const words = splitCommandLine(command);
      const located = locate(words, commands);
      equal(located.kind === "failure", false, `${nameOf(node)}: ${command}`);
    }
  }
});

Deno.test("paths are unique and stand below their group", () => {
  const paths = [...groups.map(nameOf), ...groups.flatMap(({ commands }) => commands.map(nameOf))];
  equal(new Set(paths).size, paths.length);
  for (const group of groups) {
    for (const child of [...group.commands, ...(group.groups ?? [])]) {
      deepEqual(child.path.slice(0, -1), group.path, nameOf(child));
    }
  }
});

Deno.test("options are in kebab-case, explained, and take no name or letter of a global option", () => {
  const taken = Object.entries<OptionDefinition>({ ...globalOptions, ...answeredOptions })
    .filter(([name]) => name !== "version");
  const names = new Set(taken.map(([name]) => name));
  const letters = new Set(taken.flatMap(([, { short }]) => short ?? []));
  for (const command of all) {
    const own = Object.entries(ownOptions(command));
    const shorts = own.flatMap(([, { short }]) => short ?? []);
    equal(new Set(shorts).size, shorts.length, nameOf(command));
    for (const [name, option] of own) {
      const place = `${nameOf(command)} --${name}`;
      match(name, /^[a-z][a-z0-9]+(-[a-z0-9]+)*$/, place);
      match(option.brief, /^[A-Z].*[^.]$/s, place);
      equal(names.has(name), false, place);
      equal(option.short === undefined || !letters.has(option.short), true, place);
      equal(option.kind === "choice", option.choices !== undefined, place);
      equal(option.kind === "boolean" && option.default !== undefined, false, place);
    }
  }
});

Deno.test("arguments stand in an order that can be read", () => {
  for (const command of all) {
    const definitions = command.arguments ?? [];
    definitions.forEach(({ required, many }, index) => {
      const before = definitions[index - 1];
      equal(required === true && before !== undefined && !before.required, false, nameOf(command));
      equal(many === true && index < definitions.length - 1, false, nameOf(command));
    });
  }
});

Deno.test("every body loads", async () => {
  for (const command of all) {
    const body = await command.load();
    deepEqual([typeof body.run, typeof body.view], ["function", "function"], nameOf(command));
  }
});

Deno.test("every command publishes the shape of its data", async () => {
  const missing: string[] = [];
  for (const command of all) {
    const path = schemaPath(nameOf(command));
    if (!await projectHas(path)) missing.push(path);
  }
  deepEqual(missing, []);
});
