import { deepEqual, ok } from "node:assert/strict";
import { templatesGroup } from "../../../src/cli/templates/definitions.ts";
import type { CommandDefinition, GroupDefinition } from "../../../src/cli/mod.ts";

function commandsOf({ commands = [], groups = [], index }: GroupDefinition): CommandDefinition[] {
  return [...index ? [index] : [], ...commands, ...groups.flatMap(commandsOf)];
}

const all = commandsOf(templatesGroup);
const nameOf = ({ path }: CommandDefinition) => path.slice(1).join(" ");

Deno.test("every command on templates takes --root", () => {
  ok(all.length > 40);
  deepEqual(all.filter(({ options }) => !("root" in (options ?? {}))).map(nameOf), []);
});

Deno.test("every command on templates that writes takes --dry-run", () => {
  const writers = all.filter(({ options = {} }) =>
    ["out", "output", "html"].some((name) => name in options)
  );
  ok(writers.length >= 4);
  deepEqual(writers.filter(({ changes }) => !changes).map(nameOf), []);
});

Deno.test("each command that the contracts name is there", () => {
  const named = [
    ...["changed", "bump", "pin", "check", "build", "publish", "release", "rollback", "clean"],
    ...["notes", "changelog", "metrics", "metrics downloads", "metrics compare", "list"],
  ].map((name) => `packages ${name}`);
  const others = [
    ...["check", "sync", "stats", "report", "new", "add", "rename", "move", "archive", "restore"],
    ...["migrate", "versions", "compat", "duplicates", "size", "links", "test", "docs", "guide"],
    ...["doctor", "schema print", "serve", "cdn manifest", "split-index", "hook install"],
  ];
  const known = new Set(all.map(nameOf));
  deepEqual([...named, ...others].filter((name) => !known.has(name)), []);
});
