import assert from "node:assert/strict";
import { createBranch, switchBranch } from "../../src/environment/branches/mod.ts";
import { setModel } from "../../src/pyproject/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { hasPty, runInPty } from "../support/pty.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { assertPublishedShape } from "../support/schemas.ts";
import { commitChange, makeBareRepository } from "../support/two_clones.ts";

const model = (size: number) =>
  setModel({ key: "alpha", name: "a.bin", size, sources: [], criticality: "optional" });

function runIn({ env }: EnvironmentFixture, argv: readonly string[]) {
  const path = Deno.env.get("PATH") ?? "";
  return runInProcess(argv, { env: { PATH: path, ...env, COMFYDOCK_ENV: "demo" } });
}

interface Step {
  readonly argv: readonly string[];
  readonly code?: number;
  /** What the data, or the error, holds. */
  readonly tells: RegExp;
}

Deno.test("remotes, branches, push and pull have the published shapes and tell what to do next", async () => {
  await withEnvironment(async (fixture) => {
    const shared = await makeBareRepository(fixture);
    const steps: readonly Step[] = [
      { argv: ["push"], code: 3, tells: /"REMOTE_NONE".*comfydock remote add origin URL/ },
      {
        argv: ["remote", "add", "origin", "https://me:s3cret-word@git.test/x"],
        code: 2,
        tells: /"REMOTE_INVALID".*credential helper/,
      },
      { argv: ["remote", "add", "origin", shared, "--dry-run"], tells: /"dry_run":true/ },
      { argv: ["remote", "add", "origin", shared], tells: /"name":"origin"/ },
      { argv: ["remote", "add", "origin", shared], code: 5, tells: /"REMOTE_EXISTS"/ },
      { argv: ["remote"], tells: /shared\.git/ },
      { argv: ["remote", "list"], tells: /shared\.git/ },
      { argv: ["pull"], code: 4, tells: /"REMOTE_BRANCH_NOT_FOUND".*comfydock push origin/ },
      { argv: ["pull", "--dry-run"], code: 4, tells: /"REMOTE_BRANCH_NOT_FOUND"/ },
      { argv: ["push", "--dry-run"], tells: /"before":null.*"Create environment demo"/ },
      { argv: ["push"], tells: /"before":null/ },
      { argv: ["pull", "--dry-run"], tells: /"kind":"current"/ },
      { argv: ["branch", "side"], tells: /"created":\{"name":"side"/ },
      { argv: ["branch"], tells: /"current":true,"upstream":"origin\/main"/ },
      { argv: ["branch", "--delete", "side"], tells: /"deleted":\{"name":"side"/ },
      { argv: ["branch", "--delete"], code: 2, tells: /"ARGUMENT_INVALID"/ },
      { argv: ["switch", "side", "-c", "--dry-run"], tells: /"dry_run":true.*"created":true/ },
      { argv: ["remote", "remove", "origin"], tells: /shared\.git/ },
      { argv: ["pull", "origin"], code: 4, tells: /"REMOTE_NOT_FOUND"/ },
    ];
    for (const { argv, code = 0, tells } of steps) {
      const run = await runIn(fixture, [...argv, "--json"]);
      assert.equal(run.code, code, `${argv.join(" ")}: ${run.stdout}`);
      assert.match(run.stdout, tells, argv.join(" "));
      assert.doesNotMatch(run.stdout + run.stderr, /s3cret/);
      await assertPublishedShape(run.json);
    }
  });
});

Deno.test("merge shows its outcome, refuses open conflicts with exit code 5, and asks on a terminal", async () => {
  await withEnvironment(async (fixture) => {
    const { world, environment: { manifest } } = fixture;
    await commitChange(world(), "Start", { edits: [model(1)] });
    await createBranch(world(), "side");
    await commitChange(world(), "Here", { edits: [model(2)] });
    await switchBranch(world(), { branch: "side" });
    await commitChange(world(), "There", {
      edits: [model(3)],
      files: { "workflows/a.json": "1" },
    });
    await switchBranch(world(), { branch: "main" });
    const plan = await runIn(fixture, ["merge", "side", "--dry-run", "--json"]);
    assert.equal(plan.code, 0, plan.stdout);
    await assertPublishedShape(plan.json);
    assert.match(
      plan.stdout,
      /"changes":\[\{"kind":"file","key":"workflows\/a.json","change":"added"/,
    );
    assert.match(plan.stdout, /"conflicts":\[\{"kind":"model","key":"alpha".*"chosen":null/);
    const refused = await runIn(fixture, ["merge", "side", "--json"]);
    assert.equal(refused.code, 5);
    assert.match(refused.stdout, /"MERGE_CONFLICT".*comfydock merge side --ours/);
    const both = await runIn(fixture, ["merge", "side", "--ours", "--theirs"]);
    assert.equal(both.code, 2);
    if (hasPty) {
      const { code, output } = await runInPty(["merge", "side"], {
        env: { ...fixture.env, COMFYDOCK_ENV: "demo" },
        steps: [{ expect: "Which one counts?", send: "\u001b[B\r" }],
      });
      assert.equal(code, 0, output);
    } else await runIn(fixture, ["merge", "side", "--theirs"]);
    assert.match(await Deno.readTextFile(manifest), /size = 3/);
    const again = await runIn(fixture, ["merge", "side"]);
    assert.equal(again.stdout, "side has nothing new\n");
    const undone = await runIn(fixture, ["undo"]);
    assert.equal(undone.code, 0, undone.stderr);
    assert.match(await Deno.readTextFile(manifest), /size = 2/);
  });
});
