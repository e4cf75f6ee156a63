import assert from "node:assert/strict";
import { join } from "node:path";
import { readStatus } from "../../../../src/environment/mod.ts";
import { addNodes, readBisect } from "../../../../src/environment/nodes/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../../support/environment_fixture.ts";
import {
  type PackRegistry,
  packResolver,
  runWithPacks,
  startPackRegistry,
  worldWithPacks,
} from "../../../support/node_packs.ts";

const PACKS = ["pack-a", "pack-b", "pack-c"];

async function withPacks(
  work: (fixture: EnvironmentFixture, registry: PackRegistry) => Promise<void>,
): Promise<void> {
  await using registry = startPackRegistry(...PACKS.map((id) => ({ id, version: "1.0.0" })));
  await withEnvironment(async (fixture) => {
    await addNodes(worldWithPacks(fixture), { named: PACKS, resolve: packResolver(registry) });
    await work(fixture, registry);
  });
}

async function loaded({ environment }: EnvironmentFixture): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(environment.customNodes));
  return entries.filter(({ isDirectory, name }) => isDirectory && !name.startsWith("."))
    .map(({ name }) => name).sort();
}

Deno.test("a search holds packs back, refuses other changes meanwhile, and leaves all as it was", async () => {
  await withPacks(async (fixture, registry) => {
    const { environment, world } = fixture;
    const run = (...argv: string[]) => runWithPacks(fixture, registry, ["node", ...argv]);
    const before = await Deno.readTextFile(environment.manifest);
    assert.equal((await run("bisect", "good")).json?.error?.code, "BISECT_NONE");
    await run("bisect", "start", "--dry-run");
    assert.deepEqual(await loaded(fixture), PACKS);

    let { json } = await run("bisect", "start");
    const tests = [];
    for (;;) {
      const data = json?.data as { state: string; held: string[]; culprit: string | null };
      if (data.state !== "test") {
        assert.deepEqual([data.state, data.culprit], ["culprit", "pack-b"]);
        break;
      }
      assert.deepEqual(await loaded(fixture), PACKS.filter((id) => !data.held.includes(id)));
      const { differences } = await readStatus(world());
      assert.deepEqual(differences.map(({ kind }) => kind), ["node_bisect"]);
      tests.push(data.held);
      for (const argv of [["remove", "pack-a"], ["disable", "pack-c"], ["bisect", "start"]]) {
        assert.equal((await run(...argv)).json?.error?.code, "BISECT_ACTIVE");
      }
      ({ json } = await run("bisect", data.held.includes("pack-b") ? "good" : "bad"));
    }
    assert.ok(tests.length >= 2);
    assert.deepEqual(await loaded(fixture), PACKS);
    assert.equal(await Deno.readTextFile(environment.manifest), before);
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});

Deno.test("a program answers by its exit code, and a search that was killed can be given up", async () => {
  await withPacks(async (fixture, registry) => {
    const { environment, cli, world } = fixture;
    const run = (...argv: string[]) => runWithPacks(fixture, registry, ["node", "bisect", ...argv]);
    await run("start");
    const test = join(environment.customNodes, "pack-c");
    const script = `import os, sys; sys.exit(1 if os.path.isdir(${JSON.stringify(test)}) else 0)`;
    const { json } = await run("run", "--", "python", "-c", script);
    assert.deepEqual((json?.data as { culprit: string }).culprit, "pack-c");
    assert.deepEqual(await loaded(fixture), PACKS);

    await run("start");
    const COMFYDOCK_KILL_AT = "environment:node-moved:1";
    assert.equal((await cli(["node", "bisect", "bad"], { COMFYDOCK_KILL_AT })).code, 137);
    assert.ok(await readBisect(world()));
    await run("reset");
    assert.deepEqual(await loaded(fixture), PACKS);
    assert.deepEqual((await readStatus(world())).differences, []);
  });
});
