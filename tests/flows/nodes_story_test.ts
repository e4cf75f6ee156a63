import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstalled, readStatus } from "../../src/environment/mod.ts";
import { hashTree } from "../../src/nodes/mod.ts";
import { command } from "../../src/tools/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import {
  classOf,
  type PackRegistry,
  packVariables,
  runWithPacks,
  startPackRegistry,
} from "../support/node_packs.ts";

const PACKS = ["pack-one", "pack-two", "pack-three", "pack-four"];

/** Runs one line of the story, which must end well. */
async function line(
  fixture: EnvironmentFixture,
  registry: PackRegistry,
  ...argv: string[]
): Promise<unknown> {
  const { code, json, stderr } = await runWithPacks(fixture, registry, argv);
  assert.equal(code, 0, `comfydock ${argv.join(" ")}: ${json?.error?.message}${stderr}`);
  return json?.data;
}

/** The digests of all packs, and the version of what they ask for. */
async function stateOf({ environment }: EnvironmentFixture): Promise<unknown> {
  const { manifest, lockFile, customNodes, venv } = environment;
  const entries = await Array.fromAsync(Deno.readDir(customNodes));
  const packs = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  const trees = await Promise.all(packs.map((name) => hashTree(join(customNodes, name))));
  return {
    packs: Object.fromEntries(packs.map((name, at) => [name, trees[at]])),
    manifest: await Deno.readTextFile(manifest),
    lock: await Deno.readTextFile(lockFile),
    installed: await readInstalled(venv),
  };
}

function startRegistry(): PackRegistry {
  return startPackRegistry(
    { id: "pack-one", version: "1.0.0", requirements: ["six==1.16.0"] },
    { id: "pack-two", version: "1.0.0", requirements: ["toml"] },
    { id: "pack-three", version: "1.0.0" },
    { id: "pack-four", version: "1.0.0", files: { "data/prompts.txt": "one\n" } },
    { id: "rival", version: "1.0.0", requirements: ["# needs an old one", "six<1.16"] },
  );
}

Deno.test("five packs of which one does not fit are refused, four come in, one is updated and rolled back", async () => {
  await using registry = startRegistry();
  await withEnvironment(async (fixture) => {
    const { environment, world, cli } = fixture;
    const empty = await stateOf(fixture);
    const refused = await runWithPacks(fixture, registry, ["node", "add", ...PACKS, "rival"]);
    assert.deepEqual([refused.code, refused.json?.error?.code], [5, "NODE_CONFLICT"]);
    const said = refused.json?.error?.message ?? "";
    assert.match(said, /pack-one wants six==1\.16\.0 .*line 1 of its requirements\.txt/);
    assert.match(said, /rival wants six<1\.16 .*line 2 of its requirements\.txt/);
    assert.deepEqual(await stateOf(fixture), empty);

    await line(fixture, registry, "node", "add", ...PACKS);
    const four = await stateOf(fixture) as { packs: Record<string, string> };
    assert.deepEqual(Object.keys(four.packs), PACKS.toSorted());
    assert.deepEqual((await readStatus(world())).differences, []);

    registry.publish({ id: "pack-two", version: "1.1.0", requirements: ["toml", "packaging"] });
    const outdated = await line(fixture, registry, "node", "outdated") as {
      nodes: { id: string; outdated: boolean }[];
    };
    const newer = outdated.nodes.filter((node) => node.outdated).map(({ id }) => id);
    assert.deepEqual(newer, ["pack-two"]);
    await line(fixture, registry, "node", "update", "--all");
    const updated = await stateOf(fixture) as { packs: Record<string, string> };
    assert.notEqual(updated.packs["pack-two"], four.packs["pack-two"]);
    assert.deepEqual({ ...updated.packs, "pack-two": 0 }, { ...four.packs, "pack-two": 0 });
    await line(fixture, registry, "rollback", "HEAD~1");
    assert.deepEqual(await stateOf(fixture), four);

    const env = await packVariables(fixture, registry);
    const port = async () => {
      const { code, json, stderr } = await cli([
        "run",
        "--detach",
        "--wait",
        "--port",
        "auto",
        "--json",
      ], env);
      assert.equal(code, 0, stderr);
      return (json?.data as { port: number }).port;
    };
    const classes = async () => {
      const answer = await fetch(`http://127.0.0.1:${await port()}/object_info`);
      const names = Object.keys(await answer.json());
      assert.equal((await cli(["stop"], env)).code, 0);
      return PACKS.filter((id) => names.includes(classOf(id)));
    };
    assert.deepEqual(await classes(), PACKS);
    await line(fixture, registry, "node", "remove", "pack-three", "PACK-FOUR");
    assert.deepEqual(await classes(), ["pack-one", "pack-two"]);
    await line(fixture, registry, "undo");
    // Python has left its own files beside the packs' by now.
    const { packs } = await stateOf(fixture) as { packs: Record<string, string> };
    assert.deepEqual(packs, four.packs);
    await assertCarriedOver(environment.cec, registry, four.packs);
  });
});

/** Takes the committed files alone to another workspace. */
async function assertCarriedOver(
  cec: string,
  registry: PackRegistry,
  packs: Readonly<Record<string, string>>,
): Promise<void> {
  await withEnvironment(async (second) => {
    const { environment, world } = second;
    await Deno.remove(environment.cec, { recursive: true });
    const args = ["clone", "--quiet", cec, environment.cec];
    await world().runner.run(command({ program: "git", args }));
    await line(second, registry, "sync", "--frozen");
    const carried = await stateOf(second) as { packs: Record<string, string> };
    assert.deepEqual(carried.packs, packs);
    assert.deepEqual((await readStatus(world())).differences, []);
    assert.deepEqual(await line(second, registry, "node", "list"), {
      environment: "demo",
      nodes: PACKS.toSorted().map((id) => ({
        id,
        name: id,
        version: "1.0.0",
        source: "registry",
        repository: `https://git.test/test/${id}`,
        enabled: true,
        state: "ok",
        path: join(environment.customNodes, id),
      })),
      unknown: [],
    });
  });
}
