import { deepEqual, equal, ok } from "node:assert/strict";
import { commands } from "../../src/cli/commands.ts";
import { locate } from "../../src/cli/locate.ts";
import { commandsFor } from "../../src/cli/routes.ts";
import type { CommandDefinition, GroupDefinition } from "../../src/cli/mod.ts";

function* everyCommand(group: GroupDefinition): Generator<CommandDefinition> {
  yield* group.commands;
  for (const inner of group.groups ?? []) yield* everyCommand(inner);
}

Deno.test("whatever is typed is understood as by all commands together", async () => {
  const lines = [
    ...[...everyCommand(commands)].flatMap(({ path }) => [path, [...path, "--help"]]),
    ...(commands.groups ?? []).flatMap((
      { path },
    ) => [path, [...path, "--help"], [...path, "fnid"]]),
    ...[["--json", "list"], ["-w", "x", "node", "find", "y"], [], ["--help"], ["lits"], ["nod"]],
  ];
  for (const line of lines) {
    const found = locate(line, await commandsFor(line));
    deepEqual(found, locate(line, commands), line.join(" "));
  }
});

Deno.test("what people wait for loads its own definitions and no others", async () => {
  for (const first of ["node", "model", "workflow", "list", "status", "sync", "run", "templates"]) {
    const found = await commandsFor([first, "--help"]);
    ok(found !== commands, first);
    equal(locate([first, "--help"], found).kind, "help");
  }
});
