import assert from "node:assert/strict";
import { addCounts, isGreen, readTestCount, renderCount } from "../../tasks/test_count.ts";

const closingLines = [
  ["ok | 3 passed | 0 failed (75ms)", 0, "3 passed, 0 failed"],
  ["ok | 2 passed (2 steps) | 0 failed | 1 ignored (8ms)", 0, "2 passed, 0 failed, 1 skipped"],
  ["FAILED | 1 passed (1 step) | 5 failed | 1 ignored (1m12s)", 1, "1 passed, 5 failed, 1 skipped"],
  ["ok | 7 passed | 0 failed | 40 filtered out (1s)", 0, "7 passed, 0 failed"],
  [
    "ok | 2 passed | 0 failed | 1 ignored (2 steps) | 4 filtered out (1s)",
    0,
    "2 passed, 0 failed, 1 skipped",
  ],
  ["\u001b[0m\u001b[32mok\u001b[0m | 3 passed | 0 failed \u001b[0m(75ms)", 0, "3 passed, 0 failed"],
  ["ok | 9 passed | 0 failed (1ms)\nFAILED | 1 passed | 2 failed (2ms)\n", 1, "1 passed, 2 failed"],
  ["error: Type checking failed.", 1, "0 passed, 1 failed"],
  ["ok | 3 passed | 0 failed (75ms)\nkilled", 137, "3 passed, 1 failed"],
] as const;

Deno.test("readTestCount() reads what a run closed with, and a bad end as a failure", () => {
  for (const [output, code, expected] of closingLines) {
    assert.equal(renderCount(readTestCount(output, code)), expected, output);
  }
});

Deno.test("a run is green only when something ran and nothing failed", () => {
  assert.equal(isGreen({ passed: 1, failed: 0, skipped: 0 }), true);
  assert.equal(isGreen({ passed: 0, failed: 0, skipped: 3 }), false);
  assert.equal(isGreen({ passed: 8, failed: 1, skipped: 0 }), false);
});

Deno.test("addCounts() joins the groups of one run", () => {
  const sum = addCounts({ passed: 1, failed: 2, skipped: 3 }, {
    passed: 10,
    failed: 0,
    skipped: 1,
  });
  assert.deepEqual(sum, { passed: 11, failed: 2, skipped: 4 });
});
