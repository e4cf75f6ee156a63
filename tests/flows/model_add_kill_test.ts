import assert from "node:assert/strict";
import { join } from "node:path";
import { addModel } from "../../src/environment/models/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { ModelIndex } from "../../src/models/mod.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { serveFile } from "../support/file_server.ts";
import { killEverywhere } from "../support/kill_story.ts";
import { sampleModel } from "../support/model_files.ts";

const BYTES = sampleModel("fetched");

/** Where a change of the manifest alone differs from that of packages, which is killed everywhere. */
const POINTS = /^(environment:(manifest-written|staged)|journal:(record:1|replaced:1|committed))/;

Deno.test("model add that is killed anywhere has happened or has not; what it fetched is not fetched twice", async () => {
  let sent = 0;
  await using server = serveFile(() => ({ bytes: BYTES, etag: `"${++sent}"` }));
  await withEnvironment(async (fixture) => {
    const source = `${server.url}/fetched.safetensors`;
    const request = {
      ...{ text: source, cwd: fixture.root, folder: "loras", optional: false, meta: {} },
      ...{ copy: false, dryRun: false },
    };
    const world: typeof fixture.world = (choices) => ({
      ...fixture.world(choices),
      http: () => Promise.resolve(createHttpClient({ retries: 0 })),
    });
    await killEverywhere({ ...fixture, world }, {
      argv: ["model", "add", source, "--folder", "loras"],
      prepare: () => Promise.resolve(),
      act: (world) => addModel(world, request),
      points: POINTS,
    });
    const path = join(fixture.workspace.defaultModels, "loras", "fetched.safetensors");
    assert.deepEqual(await Deno.readFile(path), BYTES);
    using index = new ModelIndex(fixture.workspace.modelIndex);
    assert.deepEqual(index.find("fetched.safetensors").map(({ sources }) => sources), [
      [{ type: "url", url: source }],
    ]);
    assert.equal(sent, 1);
  });
});
