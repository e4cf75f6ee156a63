import assert from "node:assert/strict";
import { chooseVersion, describeClasses, type PackageFacts } from "../../../src/nodes/mod.ts";
import { type PackageScene, withPackageScene } from "../../support/package_scene.ts";

function read(scene: PackageScene, id: string, offline?: boolean) {
  return scene.reading((reader) => reader.read(id), offline);
}

/** Versions with a mark for what may not be installed. */
function states({ versions }: PackageFacts): string[] {
  return versions.map(({ version, live }) => live ? version : `(${version})`);
}

Deno.test("read() tells the registry's versions with their states, newest first", async () => {
  await withPackageScene(async (scene) => {
    const facts = await read(scene, "lantern-image-tools");
    assert.ok(facts);
    assert.deepEqual(states(facts), [
      "1.10.0",
      "1.9.2",
      "(1.9.1)",
      "1.9.0",
      "1.2.0",
      "(1.1.0)",
      "1.0.0",
    ]);
    assert.deepEqual([facts.from, facts.listed, facts.source], ["network", true, "registry"]);
    assert.equal(chooseVersion(facts.versions)?.version, "1.10.0");
    const orbit = await read(scene, "orbit-samplers");
    assert.equal(chooseVersion(orbit!.versions)?.version, "1.5.3");
    assert.equal(chooseVersion((await read(scene, "old-mill-upscale"))!.versions), undefined);
  });
});

Deno.test("read() finds addresses of archives that lists leave out, and asks for them once", async () => {
  await withPackageScene(async (scene) => {
    const { registry, clock } = scene;
    const url = async (offline?: boolean) =>
      (await read(scene, "harbor-loaders", offline))?.versions
        .find(({ version }) => version === "1.0.0")?.downloadUrl;
    const bulk = () => registry.counters().byEndpoint["bulk"] ?? 0;
    const found = await url();
    assert.match(found!, /\/archives\/harbor-loaders\/1\.0\.0\/node\.zip$/);
    await clock.sleep(3_600_000);
    assert.equal(await url(), found);
    assert.equal(await url(true), found);
    assert.equal(bulk(), 1);
  });
});

Deno.test("read() goes on with kept answers, then with the index, when the registry is gone", async () => {
  await withPackageScene(async (scene) => {
    const { registry, clock, events } = scene;
    await read(scene, "reel-video");
    assert.equal((await read(scene, "reel-video"))?.from, "cache");
    await clock.sleep(3_600_000);
    registry.setFaults({ chances: { "503": 1 } });
    const kept = await read(scene, "reel-video");
    assert.deepEqual([kept?.from, kept?.versions.length], ["stale", 3]);
    assert.match(JSON.stringify(events), /ANSWER_STALE/);
    const indexed = await read(scene, "harbor-loaders");
    assert.deepEqual([indexed?.from, indexed?.license], ["index", "MIT"]);
    assert.match(JSON.stringify(events), /REGISTRY_UNREACHABLE.*503/);
    await assert.rejects(read(scene, "orbit-samplers"), { code: "HTTP_STATUS" });
  });
});

Deno.test("read() asks nothing offline, and says nothing of packs that nobody knows", async () => {
  await withPackageScene(async (scene) => {
    const before = JSON.stringify(scene.registry.counters());
    assert.equal((await read(scene, "harbor-loaders", true))?.from, "index");
    assert.equal(await read(scene, "orbit-samplers", true), undefined);
    assert.equal(JSON.stringify(scene.registry.counters()), before);
    assert.deepEqual(scene.events, []);
    assert.equal(await read(scene, "nobody-knows"), undefined);
    const dropped = await read(scene, "only-indexed");
    assert.deepEqual([dropped?.listed, dropped?.license], [false, "LICENSE"]);
    const manager = await read(scene, "manager_someone_nodes");
    assert.deepEqual([manager?.source, manager?.from], ["manager", "index"]);
  });
});

Deno.test("describeClasses() knows a pack by its repository, and who else has its classes", async () => {
  await withPackageScene(async ({ index, reading }) => {
    await reading(async (reader) => {
      const lantern = await reader.read("lantern-image-tools");
      assert.deepEqual(await describeClasses(lantern!, "1.10.0", index, reader), {
        names: ["Lantern Blur"],
        rivals: [{ id: "only-indexed", classes: ["Lantern Blur"] }],
      });
      const pebble = await reader.read("pebble-math");
      const { names, rivals } = await describeClasses(pebble!, "1.3.0", index, reader);
      assert.deepEqual([names.length, rivals], [17, []]);
    });
  });
});
