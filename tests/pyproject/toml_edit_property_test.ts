import assert from "node:assert/strict";
import fc from "fast-check";
import { parseToml } from "../../src/base/mod.ts";
import { editToml, type TomlTable } from "../../src/pyproject/mod.ts";
import { printDocument } from "../../src/pyproject/toml_document.ts";
import { parseDocument } from "../../src/pyproject/toml_parse.ts";
import { normalizeTable, sameValue } from "../../src/pyproject/toml_value.ts";
import { judgeWithTomllib, type TomlCase } from "../support/tomllib.ts";
import {
  type Draw,
  drawEdit,
  drawFrom,
  drawTable,
  pick,
  writeWildly,
} from "../support/toml_texts.ts";

const name = "wild.toml";
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const read = (text: string): TomlTable => normalizeTable(parseToml(text, name));

Deno.test("printing a parsed document gives back every byte", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const draw = drawFrom(seed);
      const text = writeWildly(draw, drawTable(draw, 4, 7));
      assert.equal(printDocument(parseDocument(text, name)), text);
    }),
    { numRuns: 500 },
  );
});

Deno.test({
  name:
    "editToml() gives what was wanted through 1 to 8 edits, and Python's TOML 1.0 parser agrees",
  fn: async () => {
    const cases: TomlCase[] = [];
    fc.assert(
      fc.property(seeds, (seed) => {
        const draw = drawFrom(seed);
        let text = writeWildly(draw, drawTable(draw, 4, 7));
        let wanted = read(text);
        for (let left = 1 + Math.floor(draw() * 8); left > 0; left--) {
          wanted = drawEdit(draw, wanted);
          text = editToml(text, wanted, { name });
          assert.ok(sameValue(read(text), wanted), text);
          cases.push({ text, wanted });
        }
      }),
      { numRuns: 400 },
    );
    const verdicts = await judgeWithTomllib(cases);
    assert.equal(verdicts.length, cases.length);
    const failed = verdicts.findIndex((verdict) => verdict !== "");
    assert.equal(failed, -1, `${verdicts[failed]}\n${cases[failed]?.text}`);
  },
});

Deno.test("editToml() leaves every line as it was when a table gains a line or a section", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const draw = drawFrom(seed);
      const text = writeSections(draw);
      const start = read(text) as { tool: { part: TomlTable } };
      const fresh = pick(draw, [1, "text", [1, 2], { x: 1 }, { deep: { y: [{ z: 1 }] } }]);
      const part = { ...start.tool.part, fresh };
      const edited = editToml(text, { ...start, tool: { ...start.tool, part } }, { name });
      assertOnlyAdds(text, edited);
      assert.equal(editToml(edited, start, { name }), text);
    }),
    { numRuns: 500 },
  );
});

// All tables below `tool` are sections, so that what is new there needs no change of an old line.
function writeSections(draw: Draw): string {
  const parts = ["part", "other"].map((key) => {
    const body = writeWildly(draw, { inner: drawTable(draw, 3, 5) }).replace(/^\ufeff/, "");
    const lines = body.replaceAll("\r\n", "\n").replace(
      /^( *)(\[+)inner/gm,
      `$1$2tool.${key}.inner`,
    );
    return `# about ${key}\n[tool.${key}]\n${lines.endsWith("\n") ? lines : `${lines}\n`}`;
  });
  return `# file\n\ntop = 1\n\n${parts.join("\n")}`;
}

function assertOnlyAdds(before: string, after: string): void {
  const lines = after.split("\n");
  let at = 0;
  for (const line of before.split("\n")) {
    const found = lines.indexOf(line, at);
    assert.notEqual(found, -1, `lost ${JSON.stringify(line)} in\n${after}`);
    at = found + 1;
  }
}
