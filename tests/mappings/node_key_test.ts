import { deepEqual, equal } from "node:assert/strict";
import { nodeKey, splitNodeKey } from "../../src/mappings/mod.ts";

Deno.test("splitNodeKey() takes apart what nodeKey() made, whatever the name holds", () => {
  for (const nodeType of ["KSampler", "A::B", "A|B", "A::_", "A::00d5d06d", "a\nb", "::"]) {
    for (const signature of ["_", "00d5d06d"]) {
      deepEqual(splitNodeKey(nodeKey(nodeType, signature)), { nodeType, signature });
    }
  }
});

Deno.test("splitNodeKey() reads the seed's separator and refuses other texts", () => {
  deepEqual(splitNodeKey("A|B|_"), { nodeType: "A|B", signature: "_" });
  for (const text of ["", "A", "A::", "A::xyz", "A::00D5D06D", "::_", "A|"]) {
    equal(splitNodeKey(text), undefined, text);
  }
});
