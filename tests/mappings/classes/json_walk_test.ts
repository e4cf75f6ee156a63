import { equal } from "node:assert/strict";
import fc from "fast-check";
import { skipValue } from "../../../src/mappings/classes/json_walk.ts";

const encoder = new TextEncoder();

function accepts(text: string): boolean {
  // A value ends where something else begins.
  const bytes = encoder.encode(`${text},`);
  return skipValue(bytes, 0, bytes.length) === bytes.length - 1;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

Deno.test("skipValue() goes to the end of any JSON", () => {
  fc.assert(fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
    equal(accepts(JSON.stringify(JSON.parse(text), null, indent)), true);
  }));
});

Deno.test("skipValue() takes exactly what JSON.parse() takes", () => {
  const piece = fc.constantFrom(
    ...'{ } [ ] , : " \\ \\u00e9 \\u00g1 \\n \\x 0 01 1 -1 - 1.5 1. .5 1e5 1e 1E+2 true tru null false a \t'
      .split(" "),
    '"a"',
    '"a":1',
    "[1,2]",
    '{"a":"b"}',
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, (one) => {
      // White space around the value is the caller's business, and what follows a value is not looked at.
      fc.pre(one.trim() === one && one !== "");
      equal(accepts(one), parses(one), one);
    }),
    { numRuns: 8_000 },
  );
});

Deno.test("skipValue() refuses missing and superfluous commas, colons and brackets", () => {
  const texts = [
    "[1 2]",
    "[1,]",
    "[,1]",
    "[1,,2]",
    '{"a":1 "b":2}',
    '{"a":1,}',
    '{,"a":1}',
    '{"a" 1}',
    '{"a":}',
    "{1:2}",
    '{"a"}',
    "[}",
    "{]",
    '["a""b"]',
  ];
  for (const text of texts) equal(accepts(text), false, text);
});

Deno.test("skipValue() takes Python's NaN and Infinity, and no value that may go on", () => {
  for (const word of ["NaN", "Infinity", "-Infinity"]) equal(accepts(word), true, word);
  for (const word of ["-NaN", "Nan", "nul"]) equal(accepts(word), false, word);
  for (const cut of ["12", "tru", "true", '"a', '"a\\', '"\\u12', "[1", '{"a"']) {
    const bytes = encoder.encode(cut);
    equal(skipValue(bytes, 0, bytes.length), -1, cut);
  }
});

Deno.test("skipValue() gives up on a hundred nested lists instead of exhausting the stack", () => {
  equal(accepts("[".repeat(99) + "]".repeat(99)), true);
  equal(accepts("[".repeat(1_000_000)), false);
});
