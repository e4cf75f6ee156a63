import assert from "node:assert/strict";
import { ROOMS } from "../../tasks/import_rules.ts";
import { directoriesIn, readProjectText } from "../support/project.ts";

const rooms = await directoriesIn("src");

Deno.test("every room has a door that says in one sentence what it is, with an example", async () => {
  for (const room of rooms) {
    const path = `src/${room}/mod.ts`;
    const door = await readProjectText(path);
    assert.match(
      door,
      /^\/\*\*\n( \* [^\n]+\n)*? \* [^\n]+[.:]\n \*\n/,
      `${path} starts with one sentence`,
    );
    assert.match(
      door.slice(0, door.indexOf("*/")),
      /@example\n \* ```ts\b/,
      `${path} has an example`,
    );
    assert.doesNotMatch(door, /^export \*/m, `${path} names what it exports`);
  }
});

Deno.test("the import rules know exactly the rooms that exist", () => {
  assert.deepEqual(Object.keys(ROOMS).sort(), rooms);
});

Deno.test("the architecture page lists exactly the rooms that exist", async () => {
  const page = await readProjectText("docs/architecture.md");
  const table = page.slice(page.indexOf("## Rooms"), page.indexOf("## Who may import whom"));
  const listed = [...table.matchAll(/^\| `src\/(\w+)`/gm)].map(([, name]) => name ?? "");
  assert.deepEqual(listed.sort(), rooms);
});

Deno.test("tests lie where the room they test lies", async () => {
  const own = [
    ...["action", "bench", "binary", "cli", "demo", "faults", "flows"],
    ...["heavy", "house", "support", "tasks"],
  ];
  for (const directory of await directoriesIn("tests")) {
    assert(
      own.includes(directory) || rooms.includes(directory),
      `tests/${directory} mirrors nothing`,
    );
  }
});
