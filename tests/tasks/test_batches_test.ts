import assert from "node:assert/strict";
import { filesBelow } from "../../tasks/modules.ts";
import { planBatches } from "../../tasks/test_batches.ts";

Deno.test("every test file is in one batch, and none is empty", async () => {
  const paths = await filesBelow("tests", "_test.ts");
  const batches = planBatches(paths);
  assert.deepEqual(batches.flat().sort(), [...paths].sort());
  assert.deepEqual(batches.filter(({ length }) => length === 0), []);
  assert.deepEqual(planBatches([]), []);
});

Deno.test("what takes long starts first, and what needs the built binary stays together", () => {
  const short = ["tests/base/a_test.ts", "tests/http/b_test.ts"];
  const batches = planBatches([
    ...short,
    "tests/binary/a_test.ts",
    "tests/binary/b_test.ts",
    "tests/environment/c_test.ts",
    "tests/flows/d_kill_test.ts",
  ]);
  assert.deepEqual(batches, [
    ["tests/binary/a_test.ts", "tests/binary/b_test.ts"],
    ["tests/flows/d_kill_test.ts"],
    ["tests/environment/c_test.ts", ...short],
  ]);
});
