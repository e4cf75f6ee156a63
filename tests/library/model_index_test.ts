import assert from "node:assert/strict";
import { join } from "node:path";
import { ModelIndex } from "../../mod.ts";
import { withLibrary, withNewWorkspace } from "../support/library_scene.ts";
import { sampleModel } from "../support/model_files.ts";
import { workflowText } from "../support/workflow_files.ts";

Deno.test("models are found by digest, name and words, wherever they were scanned", async () => {
  await withNewWorkspace(async (workspace, directory) => {
    const { layout } = await workspace.read();
    const models = new ModelIndex(workspace);
    assert.equal(await models.getModelInfo("ae.safetensors"), undefined);
    await write(join(layout.defaultModels, "vae", "ae.safetensors"), "ae");
    await write(join(directory, "elsewhere", "deep", "style.safetensors"), "style");
    await write(join(directory, "own", "single.safetensors"), "single");

    assert.equal((await models.scanStandardLocations()).added, 1);
    const elsewhere = join(directory, "elsewhere");
    assert.equal((await models.scanDirectory(elsewhere, { recursive: false })).added, 0);
    assert.equal((await models.scanDirectory(elsewhere)).added, 1);
    const notes = { name: "the single one", sources: [{ type: "url", url: "https://m.test/s" }] };
    const single = await models.registerModel(join(directory, "own", "single.safetensors"), notes);
    assert.equal(single.name, "the single one");

    const [ae] = await models.resolveByName("ae.safetensors");
    assert.equal((await models.resolveByHash(ae!.blake3))?.id, ae!.id);
    assert.equal((await models.resolveByHash(`blake3:${ae!.blake3.slice(0, 12)}`))?.id, ae!.id);
    assert.equal(await models.resolveByHash("0".repeat(64)), undefined);
    assert.equal((await models.getModelInfo("ae.safetensors"))?.id, ae!.id);
    assert.deepEqual((await models.searchModels("style")).here.map(({ name }) => name), [
      "style.safetensors",
    ]);

    await Deno.remove(join(elsewhere, "deep", "style.safetensors"));
    const removed = (await models.updateIndex()).map((report) => report.removed);
    assert.equal(removed.reduce((sum, count) => sum + count), 1);
    assert.deepEqual((await models.searchModels("style")).here, []);
  });
});

Deno.test("workflows tell their models, and are told which are here", async () => {
  await withLibrary(async ({ workspace, demo, fixture }) => {
    const models = new ModelIndex(workspace);
    const text = workflowText(1);
    const named = await models.extractWorkflowModels(JSON.parse(text));
    assert.deepEqual(named.map(({ value }) => value), ["ae.safetensors"]);
    const outcomes = async () =>
      (await models.resolveWorkflowModels(text)).map(({ outcome }) => outcome);
    assert.notDeepEqual(await outcomes(), ["local"]);
    const file = join(fixture.workspace.defaultModels, "vae", "ae.safetensors");
    await write(file, "ae");
    await models.scanStandardLocations();
    assert.deepEqual(await outcomes(), ["local"]);
    const { text: noted } = await models.injectModelHashes(text, demo);
    const [model] = await models.resolveByName("ae.safetensors");
    assert.ok(noted.includes(model!.blake3), noted);
  });
});

async function write(path: string, content: string): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeFile(path, sampleModel(content));
}
