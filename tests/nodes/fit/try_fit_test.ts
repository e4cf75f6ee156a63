import assert from "node:assert/strict";
import { ComfydockError } from "../../../src/base/mod.ts";
import { conflictError, tryFit } from "../../../src/nodes/mod.ts";
import { withFitProject } from "../../support/fit_project.ts";

const WHEELS = [
  { name: "torch", version: "2.8.0" },
  { name: "torch", version: "2.9.0" },
  { name: "attention", version: "1.0", requires: ["torch==2.8.0"] },
  { name: "attention", version: "2.0", requires: ["torch==2.9.0"] },
  { name: "newest", version: "1.0", requires: ["torch>=2.9"] },
  { name: "other", version: "1.0" },
];
Deno.test("tryFit() keeps PyTorch, and takes an older version of another package for it", async () => {
  await withTorch({ pack: ["attention", "other"] }, async ({ project, resolve }) => {
    const outcome = await tryFit(project, resolve);
    assert.ok(outcome.fits);
    assert.match(outcome.lockText, /name = "torch"\nversion = "2\.8\.0"/);
    assert.match(outcome.lockText, /name = "attention"\nversion = "1\.0"/);
    assert.doesNotMatch(outcome.lockText, /constraints/);
  });
});

Deno.test("tryFit() refuses a pack that moves PyTorch, and says which line of which file wants it", async () => {
  for (
    const [lines, wanted] of [
      [["other", "torch>=2.9"], /wants torch>=2\.9 \("torch>=2\.9" in line 2 of its req/],
      [["newest"], /wants newest.*, which wants torch>=2\.9 \("newest" in line 1 of its req/],
    ] as const
  ) {
    await withTorch({ pack: lines }, async ({ project, resolve }) => {
      const outcome = await tryFit(project, resolve);
      assert.ok(!outcome.fits);
      const { conflict } = outcome;
      assert.equal(conflict.code, "NODE_MOVES_TORCH");
      assert.match(conflict.message, /^Cannot move torch from 2\.8\.0 to 2\.9\.0: /);
      assert.match(conflict.message, wanted);
      assert.match(conflict.message, /the environment, .* wants torch==2\.8\.0/);
      assert.deepEqual(conflict.packs, ["pack"]);
      const error = conflictError(conflict, []);
      assert.equal(error.exit, 5);
      assert.match(error.hint ?? "", /comfydock create/);
    });
  }
});

Deno.test("tryFit() passes on what has nothing to do with requirements", async () => {
  await withTorch({ pack: ["other"] }, async ({ project }) => {
    const broken = () => Promise.reject(new Error("no disk"));
    await assert.rejects(tryFit(project, broken), /no disk/);
  });
});

Deno.test("tryFit() names the pack whose address cannot be had", async () => {
  const address = "git+http://127.0.0.1:1/none.git@main";
  for (const wanted of [`none @ ${address}`, "six @ http://127.0.0.1:1/six.whl"]) {
    await withTorch({ other: ["other"], pack: [wanted] }, async ({ project, resolve }) => {
      const place =
        `; node pack Pack PACK wants it ("${wanted}" in line 1 of its requirements.txt)`;
      await assert.rejects(tryFit(project, resolve), (error: Error) => {
        assert.ok(error instanceof ComfydockError);
        assert.ok(error.message.endsWith(place), error.message);
        assert.deepEqual(error.details.packs, ["pack"]);
        return true;
      });
    });
  }
});

// The environment was locked while torch 2.9 was not out yet.
async function withTorch(
  packs: Readonly<Record<string, readonly string[]>>,
  work: Parameters<typeof withFitProject>[1],
): Promise<void> {
  const choices = { packs, wheels: WHEELS, dependencies: ["torch"], lockedAs: ["torch<2.9"] };
  await withFitProject(choices, work);
}
