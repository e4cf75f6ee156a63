import assert from "node:assert/strict";
import { findDifferences } from "../../../src/environment/merge/differences.ts";

Deno.test("of two entries, only the fields that differ are told, with what each side has", () => {
  const ours = { version: "1.0", source: "git", meta: { note: "a", kept: 1 } };
  const theirs = { version: "2.0", source: "git", meta: { kept: 1 }, enabled: false };
  assert.deepEqual(findDifferences([{ kind: "field", place: ["nodes", "a"], ours, theirs }]), [
    { kind: "field", field: "version", ours: "1.0", theirs: "2.0" },
    { kind: "field", field: "meta.note", ours: "a", theirs: null },
    { kind: "field", field: "enabled", ours: null, theirs: "false" },
  ]);
});

Deno.test("a plain value is told by its place, an entry that one side lacks by all its fields", () => {
  assert.deepEqual(
    findDifferences([
      { kind: "field", place: ["tool", "x"], ours: ["a"], theirs: ["b"] },
      { kind: "field", place: ["nodes", "a"], ours: undefined, theirs: { version: "1.0" } },
      { kind: "file", place: ["workflows/a.json"], ours: "id-1", theirs: "id-1" },
    ]),
    [
      { kind: "field", field: "tool.x", ours: '["a"]', theirs: '["b"]' },
      { kind: "field", field: "version", ours: null, theirs: "1.0" },
    ],
  );
});

Deno.test("what is told of a conflict is bounded", () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`key${at}`, "x"]));
  const long = { text: "y".repeat(10_000) };
  const told = findDifferences([
    { kind: "field", place: ["a"], ours: long, theirs: undefined },
    { kind: "field", place: ["b"], ours: many, theirs: undefined },
  ]);
  assert.equal(told.length, 50);
  assert.equal(told[0]!.ours!.length, 201);
});
