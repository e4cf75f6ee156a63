import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstalled } from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

interface Change {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Data {
  readonly changed: boolean;
  readonly requirements: readonly Change[];
  readonly locked: readonly Change[];
  readonly packages: readonly { readonly action: string; readonly name: string }[];
}

async function run({ cli }: EnvironmentFixture, ...words: string[]): Promise<Data> {
  const { code, json, stderr } = await cli([...words, "--json"]);
  assert.equal(code, 0, stderr);
  await assertPublishedShape(json);
  return json?.data as Data;
}

async function filesOf({ environment }: EnvironmentFixture): Promise<readonly unknown[]> {
  return [
    await Deno.readTextFile(environment.manifest),
    await Deno.readTextFile(environment.lockFile),
    await readInstalled(environment.venv),
  ];
}

Deno.test("py add and py remove change manifest, lock and .venv together, and undo takes them back", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, root } = fixture;
    const before = await filesOf(fixture);
    const planned = await run(fixture, "py", "add", "six==1.16.0", "--dry-run");
    assert.deepEqual(await filesOf(fixture), before);
    const wanted = [{ name: "six", before: [], after: ["1.16.0"] }];
    assert.deepEqual([planned.changed, planned.locked, planned.packages], [true, wanted, []]);

    await Deno.writeTextFile(join(root, "more.txt"), "toml  # small\n");
    const added = await run(fixture, "py", "add", "six==1.16.0", "-r", join(root, "more.txt"));
    assert.deepEqual(added.requirements.map(({ after }) => after), [["six==1.16.0"], ["toml"]]);
    assert.deepEqual(added.packages.map(({ action, name }) => `${action} ${name}`).sort(), [
      "added six",
      "added toml",
    ]);
    assert.equal((await readInstalled(environment.venv))?.six, "1.16.0");

    const again = await run(fixture, "py", "add", "toml");
    assert.deepEqual([again.changed, again.packages], [false, []]);

    const listed = await run(fixture, "py", "list") as unknown as {
      packages: { name: string; declared: { owner: string }[]; installed?: string }[];
    };
    assert.deepEqual(
      listed.packages.map(({ name, declared }) => `${name} ${declared[0]?.owner}`),
      ["aiohttp comfyui", "packaging comfyui", "six environment", "toml environment"],
    );

    const lost = await fixture.cli(["py", "remove", "aiohttp", "--dry-run", "--json"]);
    assert.match(JSON.stringify(lost.json?.warnings), /ComfyUI asks for .*aiohttp>=/);

    const removed = await run(fixture, "py", "remove", "six", "toml");
    assert.deepEqual(removed.locked.map(({ name, after }) => [name, after]), [
      ["six", []],
      ["toml", []],
    ]);
    assert.deepEqual(await filesOf(fixture), before);
    await run(fixture, "undo");
    assert.equal((await readInstalled(environment.venv))?.six, "1.16.0");
  });
});

Deno.test("whoever does without a package of ComfyUI's on purpose is reminded by status, and judged by the manifest", async () => {
  await withEnvironment(async (fixture) => {
    await run(fixture, "py", "remove", "aiohttp");
    await run(fixture, "commit", "-m", "Without aiohttp");
    const told = await fixture.cli(["status", "--json"]);
    assert.match(JSON.stringify(told.json?.data), /requirement_missing/);
    assert.equal((await fixture.cli(["validate", "--strict"])).code, 0);
  });
});

Deno.test("a constraint holds a package that others need; a conflict names who asks for what and changes nothing", async () => {
  await withEnvironment(async (fixture) => {
    const held = await run(fixture, "constraint", "add", "packaging<24");
    assert.match(held.locked[0]?.after[0] ?? "", /^23\./);
    const listed = await run(fixture, "constraint", "list") as unknown as {
      constraints: readonly { requirement: string; installed?: string }[];
    };
    assert.equal(listed.constraints[0]?.requirement, "packaging<24");
    assert.match(listed.constraints[0]?.installed ?? "", /^23\./);

    const before = await filesOf(fixture);
    const { code, json } = await fixture.cli(["constraint", "add", "packaging<20", "--json"]);
    assert.deepEqual([code, json?.error?.code], [5, "PACKAGE_CONFLICT"]);
    const message = json?.error?.message ?? "";
    assert.match(message, /ComfyUI wants packaging>=23\.0/);
    assert.match(message, /a constraint of the project wants packaging<20/);
    assert.deepEqual(await filesOf(fixture), before);

    await run(fixture, "constraint", "remove", "packaging");
    const { constraints } = await run(fixture, "constraint", "list") as unknown as {
      constraints: readonly unknown[];
    };
    assert.deepEqual(constraints, []);
  });
});

Deno.test("--no-sync leaves .venv as it is, and a group of one's own comes and goes", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, cli } = fixture;
    const before = await filesOf(fixture);
    const words = ["py", "add", "six", "--group", "tools", "--no-sync"];
    const added = await run(fixture, ...words);
    assert.deepEqual([added.locked.map(({ name }) => name), added.packages], [["six"], []]);
    assert.equal((await readInstalled(environment.venv))?.six, undefined);
    assert.equal((await run(fixture, ...words)).changed, false);
    assert.match(await Deno.readTextFile(environment.manifest), /^tools = \["six"\]$/m);
    const synced = await run(fixture, "py", "add", "six", "--group", "tools");
    assert.deepEqual(synced.packages.map(({ name }) => name), ["six"]);
    await run(fixture, "py", "remove", "six", "--group", "tools");
    assert.deepEqual(await filesOf(fixture), before);
    for (
      const [argv, wanted] of [
        [["py", "add"], "ARGUMENT_MISSING"],
        [["py", "add", "six", "--group", "a b"], "OPTION_VALUE_INVALID"],
        [["py", "remove", "six"], "REQUIREMENT_NOT_FOUND"],
        [["torch", "set", "cuda"], "TORCH_BACKEND_INVALID"],
      ] as const
    ) {
      const { json } = await cli([...argv, "--json"]);
      assert.equal(json?.error?.code, wanted);
    }
  });
});
