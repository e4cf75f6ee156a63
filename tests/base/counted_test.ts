import assert from "node:assert/strict";
import { counted } from "../../src/base/mod.ts";

for (
  const [count, words, expected] of [
    [0, ["entry", "entries"], "0 entries"],
    [1, ["entry", "entries"], "1 entry"],
    [1, ["node pack"], "1 node pack"],
    [2, ["node pack"], "2 node packs"],
    [42_497, ["file"], "42,497 files"],
  ] as const
) {
  Deno.test(`${count} is told as ${expected}`, () => {
    const [noun, plural] = words;
    assert.equal(counted(count, noun, plural), expected);
  });
}
