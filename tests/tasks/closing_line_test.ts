import assert from "node:assert/strict";
import { join } from "node:path";
import { runDeno } from "../../tasks/run_deno.ts";

const cases = [
  {
    name: "all green",
    tests: `Deno.test("a", async (t) => { await t.step("part", () => {}); });
            Deno.test("b", () => console.log("ok | 99 passed | 0 failed (1ms)"));
            Deno.test.ignore("c", () => {});`,
    line: "2 passed, 0 failed, 1 skipped",
    code: 0,
  },
  {
    name: "one red",
    tests: `Deno.test("a", () => {}); Deno.test("b", () => { throw new Error("broken"); });`,
    line: "1 passed, 1 failed",
    code: 1,
  },
  { name: "nothing ran", tests: `export {};`, line: "0 passed, 0 failed", code: 1 },
  { name: "wrong types", tests: `const a: string = 1; a;`, line: "0 passed, 1 failed", code: 1 },
];

Deno.test("the test command closes with the counts of what ran, and fails when nothing was proved", async () => {
  const directory = await Deno.makeTempDir();
  try {
    for (const { name, tests, line, code } of cases) {
      const path = join(directory, "sample_test.ts");
      await Deno.writeTextFile(path, tests);
      const run = await runDeno(["run", "-A", "tasks/test.ts", path]);
      assert.equal(run.stdout.trimEnd().split("\n").at(-1), line, `${name}: ${run.output}`);
      assert.equal(run.code, code, name);
    }
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
