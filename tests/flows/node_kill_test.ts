import {
  addNodes,
  removeNodes,
  switchNodes,
  updateNodes,
} from "../../src/environment/nodes/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { killEverywhere } from "../support/kill_story.ts";
import {
  type PackRegistry,
  packResolver,
  packVariables,
  startPackRegistry,
  worldWithPacks,
} from "../support/node_packs.ts";

const OLD = { id: "alpha", version: "1.0.0", requirements: ["six"], files: { "old.txt": "old\n" } };
const NEW = { id: "alpha", version: "1.1.0", requirements: ["toml"] };

/**
 * What happens to packs. All before is the way of `py add`, which is killed everywhere; getting a pack is killed where
 * the store is tested.
 */
const POINTS =
  /^(environment:(venv-filled|node|followed)|journal:((record|saved|replaced|removed):[5-9]|committed))/;

/** Where nothing but a directory moves, in few steps. */
const SWITCH_POINTS = /^(environment:followed|journal:((record|moved):[5-9]|committed))/;

/** What every story needs: a registry, and runs that know it. */
async function withRegistry(
  work: (fixture: EnvironmentFixture, registry: PackRegistry) => Promise<void>,
): Promise<void> {
  await using registry = startPackRegistry(OLD);
  await withEnvironment(async (fixture) => {
    const env = await packVariables(fixture, registry);
    await work({
      ...fixture,
      world: (choices) => worldWithPacks(fixture, choices),
      cli: (argv, more = {}) => fixture.cli(argv, { ...env, ...more }),
    }, registry);
  });
}

Deno.test("node add that is killed anywhere has happened or has not", async () => {
  await withRegistry((fixture, registry) =>
    killEverywhere(fixture, {
      argv: ["node", "add", "alpha"],
      prepare: () => Promise.resolve(),
      act: (world) => addNodes(world, { named: ["alpha"], resolve: packResolver(registry) }),
      points: POINTS,
    })
  );
});

Deno.test("node update that is killed anywhere has happened or has not", async () => {
  await withRegistry((fixture, registry) => {
    const resolve = packResolver(registry);
    return killEverywhere(fixture, {
      argv: ["node", "update", "alpha"],
      async prepare({ world }) {
        await addNodes(world(), { named: ["alpha"], resolve });
        registry.publish(NEW);
      },
      act: (world) =>
        updateNodes(world, { named: ["alpha"], resolve: (named) => resolve(`${named}@1.1.0`) }),
      points: POINTS,
    });
  });
});

Deno.test("node remove that is killed anywhere has happened or has not", async () => {
  await withRegistry((fixture, registry) =>
    killEverywhere(fixture, {
      argv: ["node", "remove", "alpha"],
      prepare: async ({ world }) =>
        void await addNodes(world(), { named: ["alpha"], resolve: packResolver(registry) }),
      act: (world) => removeNodes(world, ["alpha"]),
      points: POINTS,
    })
  );
});

for (const enabled of [false, true]) {
  const verb = enabled ? "enable" : "disable";
  Deno.test(`node ${verb} that is killed anywhere has happened or has not`, async () => {
    await withRegistry((fixture, registry) =>
      killEverywhere(fixture, {
        argv: ["node", verb, "alpha"],
        async prepare({ world }) {
          await addNodes(world(), { named: ["alpha"], resolve: packResolver(registry) });
          if (enabled) await switchNodes(world(), ["alpha"], false);
        },
        act: (world) => switchNodes(world, ["alpha"], enabled),
        points: SWITCH_POINTS,
      })
    );
  });
}
