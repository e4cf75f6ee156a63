import { equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { InputScanner } from "../../src/mappings/classes/input_scan.ts";
import { hashSignature, signatureOf, signatureOfInputs } from "../../src/mappings/mod.ts";
import { shortSha1 } from "../../src/mappings/sha1.ts";

const encoder = new TextEncoder();

// The vectors that the predecessor's own code gives.
const VECTORS: readonly { readonly inputs: unknown; readonly hash: string }[] = [
  {
    inputs: {
      required: { image: ["IMAGE"], method: [["a", "b"], {}], scale: ["FLOAT", { default: 1 }] },
      optional: { mask: ["MASK"] },
      hidden: { prompt: "PROMPT" },
    },
    hash: "00d5d06d",
  },
  { inputs: { required: { a: ["STRING"], b: ["COMBO", { options: [] }] } }, hash: "c2e8d2bc" },
  { inputs: { required: { a: ["INT"] }, optional: { a: ["FLOAT"] } }, hash: "b99a7346" },
  { inputs: { optional: { a: ["FLOAT"] }, required: { a: ["INT"] } }, hash: "b99a7346" },
  { inputs: { required: { b: ["X"], A: ["Y"], a_2: ["Z"], a: ["Q"] } }, hash: "8369e0ec" },
  { inputs: { required: { "画像": "IMAGE" } }, hash: "d8207f7e" },
  { inputs: {}, hash: "_" },
  { inputs: { required: null }, hash: "_" },
  { inputs: { required: null, optional: { "画像": ["IMAGE"] } }, hash: "d8207f7e" },
  { inputs: { required: { a: 1, b: [], c: [{}], d: null }, hidden: { e: ["INT"] } }, hash: "_" },
  { inputs: null, hash: "_" },
  { inputs: [1], hash: "_" },
];

Deno.test("signatureOf() gives the published signatures, for objects and for their JSON text", () => {
  for (const { inputs, hash } of VECTORS) {
    equal(signatureOf(inputs), hash, JSON.stringify(inputs));
    equal(signatureOf(JSON.stringify(inputs)), hash, JSON.stringify(inputs));
  }
  for (const text of ["", "{", "nonsense", '{"required":{"a":["INT"]}']) {
    equal(signatureOf(text), "_");
  }
});

Deno.test("signatureOf() reads NaN and Infinity, which Python writes as limits of inputs", () => {
  const text = '{"required":{"画像":["IMAGE",{"max":Infinity,"min":-Infinity,"default":NaN}]}}';
  equal(signatureOf(text), "d8207f7e");
});

Deno.test("signatureOfInputs() gives a workflow's node the signature of its class, in any order", () => {
  const inputs = [
    { name: "scale", type: "FLOAT" },
    { name: "mask", type: "MASK" },
    { name: "method", type: "COMBO" },
    { name: "image", type: "IMAGE" },
  ];
  equal(signatureOfInputs(inputs), "00d5d06d");
  equal(signatureOfInputs(inputs.toReversed()), "00d5d06d");
  equal(signatureOfInputs([inputs[3]!, inputs[1]!, { name: "", type: "X" }]), "80acd86a");
  equal(signatureOfInputs([]), "_");
});

Deno.test("hashSignature() takes 8 hex digits as the signature and anything else as its text", () => {
  equal(hashSignature("image:IMAGE|mask:MASK|method:COMBO|scale:FLOAT"), "00d5d06d");
  equal(hashSignature("00d5d06d"), "00d5d06d");
  equal(hashSignature(""), "_");
  equal(hashSignature("_"), "_");
});

Deno.test("shortSha1() equals the runtime's SHA-1 at every length around its blocks", () => {
  for (let length = 0; length < 260; length++) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    equal(
      shortSha1(bytes),
      createHash("sha1").update(bytes).digest("hex").slice(0, 8),
      `${length}`,
    );
  }
});

const name = fc.oneof(
  fc.constantFrom("a", "b", "ab", "a_2", "A", "画像", "😀", "\uffff", 'q"', "\n", ""),
  fc.string({ unit: "binary", maxLength: 6 }),
);
const type = fc.oneof(fc.constantFrom("INT", "IMAGE", "", "*", 'x"y'), fc.string({ maxLength: 4 }));
const input = fc.oneof(
  type,
  type.map((one) => [one]),
  fc.tuple(type, fc.jsonValue({ maxDepth: 1 })),
  fc.constant([["x", "y"]]),
  fc.jsonValue({ maxDepth: 1 }),
);
const group = fc.oneof({ weight: 5, arbitrary: fc.dictionary(name, input, { maxKeys: 8 }) }, {
  weight: 1,
  arbitrary: fc.jsonValue({ maxDepth: 1 }),
});
const inputTypes = fc.record({ required: group, optional: group, hidden: group }, {
  requiredKeys: [],
});

Deno.test("InputScanner agrees with signatureOf() on any INPUT_TYPES, or leaves them to it", () => {
  const scanner = new InputScanner();
  let answered = 0;
  fc.assert(
    fc.property(inputTypes, fc.constantFrom(undefined, 1), (inputs, indent) => {
      const text = JSON.stringify(inputs, null, indent);
      const expected = signatureOf(JSON.parse(text));
      for (const json of [text, JSON.stringify(text)]) {
        const bytes = encoder.encode(` ${json}`);
        const found = scanner.signatureOf(bytes, 1, bytes.length);
        if (found !== undefined) answered++;
        equal(found ?? expected, expected, json);
      }
    }),
    { numRuns: 1_000 },
  );
  equal(answered > 500, true, `answered ${answered}`);
});

Deno.test("InputScanner leaves broken text, repeated names and repeated groups to signatureOf()", () => {
  const scanner = new InputScanner();
  for (
    const text of [
      '{"required":{"a":["INT"]}',
      '{"required":{"a":["INT",{"d":tru}]}}',
      '{"required":{"a":["INT",{"d":01}]}}',
      '{"required":{"a":["INT"],"a":5}}',
      '{"required":{"a":["INT"]},"required":{}}',
      '{"required":{"a":["INT"]}} x',
      '{"required":{"a":["INT"],}}',
    ]
  ) {
    for (const json of [text, JSON.stringify(text)]) {
      const bytes = encoder.encode(json);
      equal(scanner.signatureOf(bytes, 0, bytes.length), undefined, json);
    }
  }
});
