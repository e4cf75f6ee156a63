import assert from "node:assert/strict";
import {
  isWithin,
  type Measurement,
  parseMeasurements,
  renderTable,
  replaceTable,
} from "../../tasks/bench_table.ts";

const measured: readonly Measurement[] = [
  { name: "start", value: 38.26, unit: "ms", bound: 60, how: "median of 11" },
  { name: "allowed rate used", value: 88, unit: "%", bound: 90, atLeast: true },
  { name: "requests", value: 12600, unit: "requests" },
];

Deno.test("parseMeasurements() takes the JSON lines and leaves the talk", () => {
  const lines = measured.map((measurement) => JSON.stringify(measurement));
  assert.deepEqual(parseMeasurements(`warming up\n${lines.join("\n")}\n{"other":1}\n`), measured);
});

Deno.test("isWithin() reads a bound as the most, or as the least where that is wanted", () => {
  assert.deepEqual(measured.map(isWithin), [true, false, true]);
});

Deno.test("renderTable() shows each number with its bound and whether it is kept", () => {
  assert.deepEqual(renderTable(measured).split("\n").slice(2), [
    "| start | 38.3 ms | ≤ 60 ms | kept | median of 11 |",
    "| allowed rate used | 88 % | ≥ 90 % | **missed** |  |",
    "| requests | 12,600 requests |  |  |  |",
  ]);
});

Deno.test("replaceTable() changes only what stands between the marks, and needs them", () => {
  const marks = ["<!-- table: written by `deno task bench --write` -->", "<!-- end of table -->"];
  const page = `# Numbers\n\n${marks[0]}\n\nold\n\n${marks[1]}\n\nWords\n`;
  const next = replaceTable(page, "new");
  assert.equal(next, page.replace("old", "new"));
  assert.equal(replaceTable(next, "new"), next);
  assert.throws(() => replaceTable("# Numbers\n", "new"), /lacks/);
});
