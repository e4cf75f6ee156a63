import assert from "node:assert/strict";
import { join } from "node:path";
import {
  changeEnvironment,
  commitEnvironment,
  rollbackEnvironment,
  syncEnvironment,
} from "../../src/environment/mod.ts";
import { listTrash } from "../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { endInterrupted, killEverywhere } from "../support/kill_story.ts";
import { track } from "../support/tracked_workflows.ts";

async function addPackage({ environment }: EnvironmentFixture, name: string): Promise<void> {
  const text = await Deno.readTextFile(environment.manifest);
  const edited = text.replace('"packaging>=23.0"', `"packaging>=23.0", "${name}"`);
  assert.notEqual(edited, text);
  await Deno.writeTextFile(environment.manifest, edited);
}

Deno.test("sync that is killed anywhere has happened or has not, and the next command makes it whole", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["sync"],
      async prepare(made) {
        await track(made, { "placed/one": "{}" }, { copies: false });
        await addPackage(made, "six");
      },
      act: (world) => syncEnvironment(world),
    })
  );
});

Deno.test("commit that is killed anywhere has happened or has not", async () => {
  await withEnvironment((fixture) =>
    killEverywhere(fixture, {
      argv: ["commit", "-m", "A note"],
      prepare: ({ environment }) =>
        Deno.writeTextFile(join(environment.cec, "workflows", "one.json"), "{}"),
      act: (world) => commitEnvironment(world, "A note"),
    })
  );
});

Deno.test("rollback that is killed anywhere has happened or has not; files, packages, ComfyUI and trash agree", async () => {
  await withEnvironment(async (fixture) => {
    const note = join(fixture.environment.cec, "note.txt");
    await killEverywhere(fixture, {
      argv: ["rollback", "HEAD~1"],
      async prepare(made) {
        const { environment } = made;
        const world = made.world();
        const older = await world.git.resolve(environment.comfyui, "v0.1.0");
        const newer = await world.git.resolve(environment.comfyui, "HEAD");
        const text = await Deno.readTextFile(environment.manifest);
        await Deno.writeTextFile(environment.manifest, text.replace(newer!, older!));
        await addPackage(made, "six");
        await syncEnvironment(world);
        await Deno.remove(join(environment.comfyui, "models"));
        await world.git.checkout(environment.comfyui, older!, { force: true });
        await Deno.remove(join(environment.comfyui, "models"), { recursive: true });
        await Deno.symlink(made.workspace.defaultModels, join(environment.comfyui, "models"));
        await endInterrupted(world);
        await Deno.writeTextFile(note, "in no commit");
      },
      act: (world) => rollbackEnvironment(world, "HEAD~1"),
    });
    const kept = (await listTrash(fixture.workspace)).map(({ name }) => name);
    assert.deepEqual(kept, ["note.txt"]);
  });
});

Deno.test("of two commands at once one waits, or is refused by the name of the other", async () => {
  await withEnvironment(async (fixture) => {
    await addPackage(fixture, "six");
    const held = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const first = changeEnvironment(fixture.world(), { command: "py add" }, async () => {
      started.resolve();
      await held.promise;
    });
    await started.promise;
    const { code, json } = await fixture.cli(["sync", "--json"], { COMFYDOCK_LOCK_TIMEOUT: "0" });
    assert.equal(code, 5);
    assert.equal(json?.error?.code, "LOCKED");
    assert.match(json?.error?.message ?? "", /comfydock py add/);
    const waiting = fixture.cli(["sync"]);
    held.resolve();
    await first;
    const second = await waiting;
    assert.equal(second.code, 0, second.stderr);
    assert.equal((await fixture.cli(["validate"])).code, 0);
  });
});
