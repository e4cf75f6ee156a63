import assert from "node:assert/strict";
import { isKind } from "../../src/base/mod.ts";
import { editToml, pyprojectErrors, type TomlTable } from "../../src/pyproject/mod.ts";
import { editDocument } from "../../src/pyproject/toml_edit.ts";
import { parseDocument } from "../../src/pyproject/toml_parse.ts";

const name = "pyproject.toml";

interface Case {
  readonly promise: string;
  readonly text: string;
  readonly wanted: TomlTable;
  readonly result: string;
}

const cases: readonly Case[] = [
  {
    promise: "keeps comments, quotes and alignment when a value changes",
    text: "# top\na   = 'x' # why\nb = 1\n",
    wanted: { a: "y", b: 1 },
    result: "# top\na   = 'y' # why\nb = 1\n",
  },
  {
    promise:
      "takes the comment directly above an item along, and leaves one that a blank line parts",
    text: "a = 1\n# apart\n\n# about b\nb = 2\nc = 3\n",
    wanted: { a: 1, c: 3 },
    result: "a = 1\n# apart\n\nc = 3\n",
  },
  {
    promise: "keeps CRLF, a byte order mark and a missing last line end",
    text: "\ufeff[a]\r\nx = 1",
    wanted: { a: { x: 1, y: 2 } },
    result: "\ufeff[a]\r\nx = 1\r\ny = 2",
  },
  {
    promise: "adds to a multi-line array with its indentation, comma habit and comments",
    text: 'a = [\n  "x", # one\n  # about y\n  "y"\n]\n',
    wanted: { a: ["x", "y", "z"] },
    result: 'a = [\n  "x", # one\n  # about y\n  "y",\n  "z"\n]\n',
  },
  {
    promise: "adds to a one-line array on its line",
    text: 'a = ["x", "y"]\n',
    wanted: { a: ["x", "w", "y", "z"] },
    result: 'a = ["x", "w", "y", "z"]\n',
  },
  {
    promise: "takes an item with its comment out of a multi-line array",
    text: 'a = [\n    "x",\n    # about y\n    "y", # two\n    "z",\n]\n',
    wanted: { a: ["x", "z"] },
    result: 'a = [\n    "x",\n    "z",\n]\n',
  },
  {
    promise: "never breaks the line of an inline table",
    text: 'a = [\n    { k = "x" },\n]\n',
    wanted: { a: [{ k: "x", list: ["long ".repeat(30), "long ".repeat(30)] }] },
    result: `a = [\n    { k = "x", list = ["${"long ".repeat(30)}", "${
      "long ".repeat(30)
    }"] },\n]\n`,
  },
  {
    promise: "writes a new array of tables in a new table as headers",
    text: "[a]\nx = 1\n",
    wanted: { a: { x: 1 }, b: { y: 2, list: [{ n: 1, below: { k: 1 } }, { n: 2 }] } },
    result:
      "[a]\nx = 1\n\n[b]\ny = 2\n\n[[b.list]]\nn = 1\n\n[b.list.below]\nk = 1\n\n[[b.list]]\nn = 2\n",
  },
  {
    promise: "leaves an empty table where the last child of one goes",
    text: "[a.nodes.x]\nk = 1\n\n[b]\ny = 1\n",
    wanted: { a: { nodes: {} }, b: { y: 1 } },
    result: "[a.nodes]\n\n[b]\ny = 1\n",
  },
  {
    promise: "adds, changes and removes elements of an array of tables",
    text: '[[i]]\nn = "a"\n\n# second\n[[i]]\nn = "b"\n\n[z]\nk = 1\n',
    wanted: { i: [{ n: "b", u: 1 }, { n: "c" }], z: { k: 1 } },
    result: '[[i]]\nn = "b"\nu = 1\n\n# second\n[[i]]\nn = "c"\n\n[z]\nk = 1\n',
  },
  {
    promise: "removes an element of an array of tables with what belongs to it",
    text: "[[i]]\nn = 1\n\n# second\n[[i]]\nn = 2\n[i.sub]\nk = 1\n\n[[i]]\nn = 3\n",
    wanted: { i: [{ n: 1 }, { n: 3 }] },
    result: "[[i]]\nn = 1\n\n[[i]]\nn = 3\n",
  },
  {
    promise: "adds beside dotted keys as a dotted key",
    text: "[p]\nurls.home = 'h'\nlast = 1\n",
    wanted: { p: { urls: { home: "h", docs: "d" }, last: 1 } },
    result: "[p]\nurls.home = 'h'\nurls.docs = \"d\"\nlast = 1\n",
  },
  {
    promise: "follows siblings: a table beside inline tables is inline, beside sections a section",
    text: "[s]\ntorch = { index = 'p' }\n\n[n.a]\nk = 1\n",
    wanted: {
      s: { torch: { index: "p" }, vision: { index: "p" } },
      n: { a: { k: 1 }, b: { k: 2 } },
    },
    result:
      "[s]\ntorch = { index = 'p' }\nvision = { index = \"p\" }\n\n[n.a]\nk = 1\n\n[n.b]\nk = 2\n",
  },
  {
    promise: "quotes keys that need it and escapes what texts hold",
    text: "",
    wanted: { "a b": 'q"\\\n\t\u0001', "": true, "é": 1n << 62n },
    result: '"a b" = "q\\"\\\\\\n\\t\\u0001"\n"" = true\n"é" = 4611686018427387904\n',
  },
  {
    promise: "keeps floats floats, and dates as they are written",
    text: "f = 1.5\nd = 1979-05-27T07:32:00.999999-07:00\nt = 07:32:00\n",
    wanted: { f: 2, d: new Date(0), t: "gone" },
    result: 'f = 2.0\nd = 1970-01-01T00:00:00.000Z\nt = "gone"\n',
  },
  {
    promise: "puts the first plain key before the first header and behind the file's comment",
    text: "# licence\n\n# about a\n[a]\nx = 1\n",
    wanted: { v: 1, a: { x: 1 } },
    result: "# licence\n\nv = 1\n\n# about a\n[a]\nx = 1\n",
  },
  {
    promise: "treats an undefined field as absent",
    text: "a = 1\nb = 2\n",
    wanted: { a: 1, b: undefined },
    result: "a = 1\n",
  },
];

for (const { promise, text, wanted, result } of cases) {
  Deno.test(`editToml() ${promise}`, () => {
    assert.equal(editToml(text, wanted, { name }), result);
  });
}

Deno.test("editToml() gives the same text when nothing differs, dates and all", () => {
  const text = "d = 1979-05-27\nt = 07:32:00\nn = nan\ni = -inf\nz = -0.0\n";
  const wanted = { n: NaN, i: -Infinity, z: -0, ...datesOf(text) };
  assert.equal(editToml(text, wanted, { name }), text);
});

function datesOf(_text: string): TomlTable {
  const local = (toml: string) => Object.assign(new Date(0), { toISOString: () => toml });
  return { d: local("1979-05-27"), t: local("07:32:00.000") };
}

Deno.test("editToml() names line and column of what is not TOML 1.0", () => {
  for (
    const [text, where] of [["a = 1\nb = { x = 1, }\n", ":2:"], ["a = {\n}\n", ":2:1"]] as const
  ) {
    assert.throws(() => editToml(text, {}, { name }), (error) => {
      return isKind(error, pyprojectErrors.MANIFEST_INVALID) &&
        error.message.includes(`${name}${where}`);
    });
  }
});

Deno.test("editToml() refuses what TOML cannot hold, and names the field", () => {
  const unwritable = [null, "\ud800", 1n << 63n, new Date(NaN), () => {}, Symbol("x")];
  for (const value of unwritable) {
    const wanted = { a: { b: [value] } } as unknown as TomlTable;
    assert.throws(() => editToml("", wanted, { name }), (error) => {
      return isKind(error, pyprojectErrors.MANIFEST_EDIT_FAILED) && /a\.b\.0/.test(error.message);
    });
  }
});

Deno.test("an edit whose result would not hold what was wanted is thrown away", () => {
  const text = "a = 1\nb = 2\n";
  const untrue = { a: 1 };
  assert.throws(
    () => editDocument(text, parseDocument(text, name), untrue, { a: 2 }, { name }),
    (error) => isKind(error, pyprojectErrors.MANIFEST_EDIT_FAILED),
  );
});

Deno.test("editToml() survives hostile nesting", () => {
  assert.throws(
    () => editToml(`a = ${"[".repeat(100_000)}`, {}, { name }),
    (error) => isKind(error, pyprojectErrors.MANIFEST_INVALID),
  );
});
