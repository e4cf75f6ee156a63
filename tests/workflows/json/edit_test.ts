import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  editJson,
  type JsonEdit,
  lineOfJson,
  rangeOfJson,
  showJsonPath,
} from "../../../src/workflows/json/mod.ts";

const PRETTY =
  '{\n  "id": 1,\n  "list": [\n    1.0,\n    2\n  ],\n  "none": {},\n  "flat": [1, 2]\n}\n';
const COMPACT = '{"id":12345678901234567890,"list":[1.0,2],"none":{}}';
const PYTHON = '{"id": 1, "list": [1.0, 2], "none": {}}';

const CASES: readonly [string, string, JsonEdit, string][] = [
  [
    "a value on lines of its own",
    PRETTY,
    { path: ["list", 1], value: "é" },
    PRETTY.replace("    2", '    "é"'),
  ],
  ["a value in a line", COMPACT, { path: ["list", 1], value: [] }, COMPACT.replace("2]", "[]]")],
  [
    "a list that gets one more, on lines",
    PRETTY,
    { path: ["list", 2], value: 3 },
    PRETTY.replace("2\n", "2,\n    3\n"),
  ],
  [
    "a list in a line that gets one more",
    PRETTY,
    { path: ["flat", 2], value: 3 },
    PRETTY.replace("[1, 2]", "[1, 2, 3]"),
  ],
  [
    "a key in a line",
    COMPACT,
    { path: ["new"], value: { a: 1 } },
    COMPACT.replace("{}}", '{},"new":{"a":1}}'),
  ],
  [
    "a key as Python writes it",
    PYTHON,
    { path: ["new"], value: { a: [1, 2] } },
    PYTHON.replace("{}}", '{}, "new": {"a": [1, 2]}}'),
  ],
  [
    "the first key of an empty object",
    PRETTY,
    { path: ["none", "a"], value: 1 },
    PRETTY.replace("{}", '{\n    "a": 1\n  }'),
  ],
  [
    "a key on a line of its own",
    PRETTY,
    { path: ["new"], value: [1] },
    PRETTY.replace("[1, 2]\n", '[1, 2],\n  "new": [\n    1\n  ]\n'),
  ],
  [
    "a member that goes from the front",
    PRETTY,
    { path: ["id"], value: undefined },
    PRETTY.replace('"id": 1,\n  ', ""),
  ],
  [
    "a member that goes from the end",
    COMPACT,
    { path: ["none"], value: undefined },
    COMPACT.replace(',"none":{}', ""),
  ],
  ["a member that is not there goes", COMPACT, { path: ["other"], value: undefined }, COMPACT],
  ["an equal value, spelled otherwise", COMPACT, { path: ["list"], value: [1, 2] }, COMPACT],
  ["the last of two equal keys", '{"a":1,"a":2}', { path: ["a"], value: 3 }, '{"a":1,"a":3}'],
  [
    "a key with an escaped quote",
    '{"a\\"b":"x\\\\","c":1}',
    { path: ["c"], value: 2 },
    '{"a\\"b":"x\\\\","c":2}',
  ],
  [
    "CRLF lines",
    '{\r\n\t"a": 1\r\n}',
    { path: ["b"], value: 2 },
    '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}',
  ],
  [
    "a short list where short lists stand on one line",
    '{\n  "tags": ["a","b"],\n  "size": 1\n}',
    { path: ["tags"], value: ["c", "d"] },
    '{\n  "tags": ["c","d"],\n  "size": 1\n}',
  ],
  [
    "a new short list where short lists stand on one line",
    '[\n  {\n    "tags": ["a", "b"]\n  }\n]',
    { path: [0, "models"], value: ["c", "d"] },
    '[\n  {\n    "tags": ["a", "b"],\n    "models": ["c", "d"]\n  }\n]',
  ],
  [
    "an item that comes in between, on lines",
    PRETTY,
    { path: ["list", 1], value: 9, insert: true },
    PRETTY.replace("    2", "    9,\n    2"),
  ],
  [
    "an item that comes in front, in a line",
    PRETTY,
    { path: ["flat", 0], value: { a: 1 }, insert: true },
    PRETTY.replace("[1, 2]", '[{"a": 1}, 1, 2]'),
  ],
  ["a text behind a byte order mark", '\ufeff{"a":1}', { path: ["a"], value: 2 }, '\ufeff{"a":2}'],
];

for (const [what, text, edit, wanted] of CASES) {
  Deno.test(`an edit changes only its own place: ${what}`, () =>
    equal(editJson(text, [edit]), wanted));
}

Deno.test("an edit of a place that cannot be says which", () => {
  for (const path of [["id", "x"], ["list", 5], ["list", "x"], ["no", "x"], []]) {
    throws(() => editJson(PYTHON, [{ path, value: 1 }]), /Cannot change \$/);
  }
});

Deno.test("an edit gives the wanted value, whatever the layout, and can be taken back", () => {
  const layouts = fc.constantFrom(undefined, "  ", "\t");
  const key = fc.string().filter((name) => name !== "__proto__" && name !== "a new one");
  const record = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
  const value = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(record, value, layouts, fc.nat(), (data, generated, indent, pick) => {
      const text = JSON.stringify(data, null, indent);
      const keys = [...Object.keys(data), "a new one"];
      const changed = keys[pick % keys.length]!;
      const wanted = JSON.parse(JSON.stringify(generated));
      const edited = editJson(text, [{ path: [changed], value: wanted }]);
      deepEqual(JSON.parse(edited), { ...JSON.parse(text), [changed]: wanted });
      equal(editJson(edited, [{ path: [changed], value: wanted }]), edited);
      const old = JSON.parse(text)[changed];
      equal(
        JSON.stringify(JSON.parse(editJson(edited, [{ path: [changed], value: old }]))),
        JSON.stringify(JSON.parse(text)),
      );
    }),
    { numRuns: 400 },
  );
});

Deno.test("a place in a text has a line and a name", () => {
  equal(lineOfJson(PRETTY, ["list", 1]), 5);
  equal(lineOfJson(PRETTY, ["list", 7, "x"]), 3);
  equal(lineOfJson(PRETTY, []), 1);
  equal(showJsonPath(["a", 3, "b c"]), '$.a[3]["b c"]');
});

Deno.test("rangeOfJson() tells where a value stands as it is written", () => {
  for (const text of [PRETTY, COMPACT, PYTHON, `\ufeff${PYTHON}`]) {
    const range = rangeOfJson(text, ["list", 0]);
    equal(text.slice(range?.start, range?.end), "1.0");
    equal(rangeOfJson(text, ["list", 2]), undefined);
  }
});
