import { deepEqual, equal } from "node:assert/strict";
import { SharedValues } from "../../src/mappings/shared_values.ts";

Deno.test("SharedValues hands out one list for all equal ones, and never one for another", () => {
  const shared = new SharedValues();
  const lists = [["a", "b"], ["a\nb"], ["a", "b\nc"], ["a\nb", "c"], [], [""], ["x".repeat(300)]];
  for (const list of lists) deepEqual(shared.list([...list]), list);
  equal(shared.list(["a", "b"]), shared.list(["a", "b"]));
  for (let index = 0; index < 10_000; index++) deepEqual(shared.list([`${index}`]), [`${index}`]);
  deepEqual(shared.list(["a", "b"]), ["a", "b"]);
});
