import { syncWorkflows, trackWorkflows, untrackWorkflows } from "../../src/environment/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { killEverywhere } from "../support/kill_story.ts";
import { saveInComfyUI, sidesOf, workflowText } from "../support/workflow_files.ts";

Deno.test("workflow track that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["workflow", "track", "--all"],
      prepare: () => saveInComfyUI(fixture, "a", workflowText(1)),
      act: (world) => trackWorkflows(world, { names: [], all: true }),
    })
  );
});

Deno.test("workflow sync that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["workflow", "sync", "--strategy", "theirs"],
      prepare: async () => {
        await saveInComfyUI(fixture, "a", workflowText(1));
        await trackWorkflows(fixture.world(), { names: ["a"] });
        await saveInComfyUI(fixture, "a", workflowText(2));
        await Deno.writeTextFile(sidesOf(fixture, "a").kept, workflowText(3));
      },
      act: (world) => syncWorkflows(world, { strategy: "theirs" }),
    })
  );
});

Deno.test("workflow untrack that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["workflow", "untrack", "a"],
      prepare: async () => {
        await saveInComfyUI(fixture, "a", workflowText(1));
        await trackWorkflows(fixture.world(), { names: ["a"] });
      },
      act: (world) => untrackWorkflows(world, ["a"]),
      points: /^(environment:workflow|journal:(record|committed))/,
    })
  );
});
