import assert from "node:assert/strict";
import { join } from "node:path";
import { Environment, pyproject, PyprojectManager, UVInterface } from "../../mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { withLibrary } from "../support/library_scene.ts";
import { sampleModel } from "../support/model_files.ts";
import { freePort } from "../support/running.ts";

Deno.test("an environment tells how it stands, changes, and goes back", async () => {
  await withLibrary(async ({ demo }) => {
    assert.deepEqual((await demo.status()).differences, []);
    assert.deepEqual(await demo.sync({ dryRun: true }), []);
    assert.equal((await demo.validate({ strict: true })).ok, true);

    const { addConstraint } = pyproject;
    const manifest = demo.getPyproject();
    assert.ok(manifest instanceof PyprojectManager);
    const path = await manifest.path();
    await Deno.writeTextFile(path, `${await manifest.readText()}# by hand\n`);
    const { commit } = await demo.commit("By hand");
    assert.match(commit, /^[0-9a-f]{40}$/);

    const { plan } = await manifest.edit([addConstraint("numpy<3")]);
    assert.match(plan.manifestText, /numpy<3/);
    assert.deepEqual((await manifest.read()).uv.constraints, ["numpy<3"]);
    assert.equal((await demo.diff()).constraints.length, 1);
    assert.equal((await demo.diff("HEAD~1", "HEAD")).constraints.length, 0);
    await demo.rollback();
    assert.deepEqual((await manifest.read()).uv.constraints, []);
    assert.equal((await demo.sync()).commit, undefined);
  });
});

Deno.test("node packs and models come into an environment and leave it", async () => {
  await withLibrary(async ({ demo, fixture }) => {
    await demo.addNode("alpha");
    assert.deepEqual((await demo.listNodes()).map(({ node }) => node.id), ["alpha"]);
    const pack = join((await demo.open()).world.environment.customNodes, "alpha");
    await Deno.rename(pack, join(fixture.root, "aside"));
    const before = await demo.status();
    assert.equal((await demo.sync({ dryRun: true })).length, 1);
    assert.deepEqual((await demo.status()).differences, before.differences);
    await demo.sync();
    await Deno.stat(pack);
    await demo.removeNode("alpha");
    assert.deepEqual(await demo.listNodes(), []);

    const file = join(fixture.root, "style.safetensors");
    await Deno.writeFile(file, sampleModel("style"));
    const { path } = await demo.addModel(file, { folder: "loras" });
    assert.equal(path, join(fixture.workspace.defaultModels, "loras", "style.safetensors"));
    const [listed] = await demo.listModels();
    assert.equal(listed?.models.length, 1);
    await demo.removeModel(listed!.use.model.key, { file: true });
    assert.deepEqual(await demo.listModels(), []);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  });
});

Deno.test("ComfyUI is run, put back when damaged, and updated", async () => {
  await withLibrary(async ({ demo, fixture }) => {
    const { comfyui } = fixture.environment;
    const main = join(comfyui, "main.py");
    const own = await Deno.readTextFile(main);
    await Deno.copyFile(join(projectRoot, "tests/support/stub_comfyui.py"), main);
    const options = { port: freePort(), sync: false };
    assert.deepEqual(await demo.run(["--exit", "3"], options), { code: 3, signal: undefined });

    await Deno.writeTextFile(main, own);
    await Deno.remove(fixture.environment.venv, { recursive: true });
    assert.equal((await demo.validate()).ok, false);
    assert.equal((await demo.repair()).ok, true);
    assert.equal((await demo.validate()).ok, true);

    const { plan } = await demo.updateComfyui("v0.1.0");
    assert.notEqual(plan.to.commit, plan.from.comfyuiCommit);
  });
});

Deno.test("uv works on the environment; a name that is taken is refused", async () => {
  await withLibrary(async ({ demo, fixture, env }) => {
    const uv = new UVInterface(demo);
    assert.match(await uv.version(), /^\d+\.\d+\.\d+/);
    assert.ok((await uv.pythons()).length > 0);
    const names = (await uv.packages()).map(({ name }) => name);
    assert.equal(names.length, (await demo.status()).packages);
    assert.equal((await uv.lock()).lockChanged, false);
    assert.deepEqual((await uv.sync()).packages, []);
    assert.equal(typeof (await uv.open()).tryResolution, "function");

    // How one is made, the story shows; here the name is taken.
    const wishes = { torchBackend: "none", comfyuiSource: fixture.source, env };
    await assert.rejects(
      Environment.create("demo", fixture.workspace.root, wishes),
      { code: "ENVIRONMENT_EXISTS" },
    );
  });
});
