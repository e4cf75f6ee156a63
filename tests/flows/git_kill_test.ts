import { createBranch, switchBranch } from "../../src/environment/branches/mod.ts";
import { mergeEnvironment } from "../../src/environment/merge/mod.ts";
import {
  addRemote,
  fetchEnvironment,
  pullEnvironment,
  pushEnvironment,
} from "../../src/environment/remotes/mod.ts";
import { setModel, setTrackedWorkflow } from "../../src/pyproject/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { killEverywhere } from "../support/kill_story.ts";
import { commitChange, makeBareRepository } from "../support/two_clones.ts";

const model = (key: string) =>
  setModel({ key, name: `${key}.safetensors`, size: 1, sources: [], criticality: "optional" });

/** Leaves `side` with a tracked workflow that `main` does not have. */
async function makeSide({ world }: EnvironmentFixture): Promise<void> {
  await createBranch(world(), "side");
  await switchBranch(world(), { branch: "side" });
  await commitChange(world(), "Side", {
    edits: [
      setTrackedWorkflow({
        key: "w",
        file: "workflows/w.json",
        requires: { nodes: [], models: [], python: [] },
      }),
    ],
    files: { "workflows/w.json": "1" },
  });
  await switchBranch(world(), { branch: "main" });
}

// What every transaction and `rollback` pass is killed with those.
const POINTS = /^(environment:(staged|committed|manifest-written)|journal:committed)/;

Deno.test("switch that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["switch", "side"],
      prepare: makeSide,
      act: (world) => switchBranch(world, { branch: "side" }),
      points: /^(environment:(head|followed:workflows)|rollback|journal:committed)/,
    })
  );
});

Deno.test("merge that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["merge", "side"],
      async prepare(fixture) {
        await makeSide(fixture);
        await commitChange(fixture.world(), "Main", { edits: [model("alpha")] });
      },
      act: (world) => mergeEnvironment(world, { revision: "side" }),
      points: POINTS,
    })
  );
});

Deno.test("pull that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["pull"],
      async prepare(fixture) {
        const { world, root, environment: { cec } } = fixture;
        await addRemote(world(), "origin", await makeBareRepository(fixture), { cwd: root });
        const head = await world().git.resolve(cec, "HEAD");
        await commitChange(world(), "There", { files: { "workflows/a.json": "1" } });
        await pushEnvironment(world());
        await switchBranch(world(), { branch: "here", create: true });
        await world().git.setRef(cec, "refs/heads/main", head);
        await switchBranch(world(), { branch: "main" });
      },
      act: async (world) => await pullEnvironment(world, await fetchEnvironment(world)),
      points: /^(environment:(head|followed:workflows)|rollback|journal:committed)/,
    })
  );
});
