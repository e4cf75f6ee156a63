import assert from "node:assert/strict";
import { join } from "node:path";
import { hashTree, obtainNode, placeNode } from "../../../src/nodes/mod.ts";
import { failureOf } from "../../support/comfyui_world.ts";
import { serve } from "../../support/http_server.ts";
import {
  type NodeTestWorld,
  pathsBelow,
  registryTarget,
  withNodeWorld,
} from "../../support/node_world.ts";
import { makeCorpus, nodeArchive, startRegistry } from "../../support/registry/mod.ts";
import { rawZip } from "../../support/archives.ts";

const archive = nodeArchive("sample-pack", "1.0.0", ["SampleNode"], ["requests>=2"]);

function serving(bytes: () => Uint8Array<ArrayBuffer>) {
  return serve(() => new Response(bytes()));
}

async function stored({ workspace }: NodeTestWorld): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(workspace.nodeStore))).map(({ name }) => name);
}

Deno.test("a pack of the registry comes into the store once, and lies in its place as Manager would leave it", () =>
  withNodeWorld(async (test) => {
    await using registry = startRegistry({
      corpus: await makeCorpus({ packages: 3, source: "synthetic" }),
      localArchives: true,
    });
    const { nodes: [node] } = await (await fetch(`${registry.url}/nodes?limit=1`)).json();
    const [version] = await (await fetch(`${registry.url}/nodes/${node.id}/versions`)).json();
    const target = registryTarget(version.downloadUrl, { id: node.id, version: version.version });
    const first = await obtainNode(test.world(), target);
    assert.equal(first.fromStore, false);
    assert.deepEqual(await stored(test), [first.treeSha256]);
    assert.equal(await hashTree(first.tree), first.treeSha256);
    const again = await obtainNode(test.world({ offline: true }), target);
    assert.deepEqual({ ...again, fromStore: false }, first);
    const place = join(test.root, "custom_nodes", first.directory);
    await placeNode(test.world(), again, place);
    assert.equal(await hashTree(place), first.treeSha256);
    const files = (await pathsBelow(place)).filter((path) => path !== ".tracking");
    assert.deepEqual((await Deno.readTextFile(join(place, ".tracking"))).split("\n"), files);
    assert.equal(first.directory, node.id.toLowerCase());
    await Deno.writeTextFile(join(place, "__init__.py"), "# the pack's own to write");
    assert.equal(await hashTree(first.tree), first.treeSha256, "the store stays as it is");
  }));

Deno.test({
  name: "stored files are read-only, installed ones are not, and both keep the executable bit",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withNodeWorld(async (test) => {
      const bytes = rawZip([
        { name: "__init__.py", data: "" },
        { name: "tool", data: "#!/bin/sh", mode: 0o100755 },
      ]);
      await using server = serving(() => bytes);
      const node = await obtainNode(test.world(), registryTarget(server.url));
      const place = join(test.root, "place");
      await placeNode(test.world(), node, place);
      const modeOf = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;
      assert.equal(await modeOf(join(node.tree, "__init__.py")), 0o444);
      assert.equal(await modeOf(join(node.tree, "tool")), 0o555);
      assert.equal(await modeOf(join(place, "__init__.py")), 0o644);
      assert.equal(await modeOf(join(place, "tool")), 0o755);
      const { ino } = await Deno.stat(join(node.tree, "tool"));
      assert.notEqual((await Deno.stat(join(place, "tool"))).ino, ino);
    }),
});

Deno.test("a stored pack that was tampered with is set aside into the trash, told, and fetched anew", () =>
  withNodeWorld(async (test) => {
    await using server = serving(() => archive);
    const target = registryTarget(server.url);
    const first = await obtainNode(test.world(), target);
    const file = join(first.tree, "__init__.py");
    await Deno.chmod(file, 0o644);
    await Deno.writeTextFile(file, "import os  # evil");
    const locked = { ...target, treeSha256: first.treeSha256 };
    const again = await obtainNode(test.world(), locked);
    assert.deepEqual([again.treeSha256, again.fromStore], [first.treeSha256, false]);
    assert.deepEqual(test.warnings(), ["NODE_STORE_DAMAGED"]);
    assert.equal(server.requests.length, 2);
    assert.equal(
      (await pathsBelow(test.workspace.trash)).some((path) => path.endsWith(".py")),
      true,
    );
    const failure = await Deno.remove(join(first.tree, "README.md"))
      .then(() => failureOf(obtainNode(test.world({ offline: true }), locked)));
    assert.equal(failure.code, "NODE_NOT_STORED");
  }));

Deno.test("a stored pack whose listing was changed to fit its files is noticed as well", () =>
  withNodeWorld(async (test) => {
    await using server = serving(() => archive);
    const first = await obtainNode(test.world(), registryTarget(server.url));
    const listing = join(first.tree, "..", "listing");
    await Deno.chmod(listing, 0o644);
    await Deno.writeTextFile(listing, (await Deno.readTextFile(listing)).replace("f ", "x "));
    const again = await obtainNode(test.world(), registryTarget(server.url));
    assert.equal(again.fromStore, false);
    assert.deepEqual(test.warnings(), ["NODE_STORE_DAMAGED"]);
  }));

Deno.test("an archive that was replaced on the server after locking is refused with both digests", () =>
  withNodeWorld(async (test) => {
    let bytes = archive;
    await using server = serving(() => bytes);
    const target = registryTarget(server.url);
    const { archiveSha256 = "", treeSha256 } = await obtainNode(test.world(), target);
    await Deno.remove(test.workspace.nodeStore, { recursive: true });
    bytes = nodeArchive("sample-pack", "1.0.0", ["Other"], []);
    const locked = { ...target, archiveSha256, treeSha256 };
    const failure = await failureOf(obtainNode(test.world(), locked));
    assert.equal(failure.code, "NODE_ARCHIVE_REPLACED");
    assert.equal(failure.details.locked, archiveSha256);
    assert.match(`${failure.details.found}`, /^[0-9a-f]{64}$/);
    assert.ok(failure.message.includes(archiveSha256));
    assert.deepEqual(await stored(test), []);
    assert.deepEqual(await pathsBelow(test.workspace.downloads), []);
    const treeOnly = await failureOf(obtainNode(test.world(), { ...target, treeSha256 }));
    assert.equal(treeOnly.code, "NODE_TREE_DIFFERS");
  }));

Deno.test("many packs are obtained at once in one process, some of them the same", () =>
  withNodeWorld(async (test) => {
    await using server = serve((request) => {
      const version = new URL(request.url).pathname.slice(1);
      return new Response(nodeArchive("sample-pack", version, ["A"], []));
    });
    const targets = Array.from({ length: 12 }, (_, at) => {
      const version = `1.0.${at % 6}`;
      return registryTarget(`${server.url}/${version}`, { version });
    });
    const nodes = await Promise.all(targets.map((each) => obtainNode(test.world(), each)));
    assert.equal(server.requests.length, 6);
    assert.deepEqual(
      [...await stored(test)].sort(),
      [
        ...new Set(nodes.map(({ treeSha256 }) => `${treeSha256}`)),
      ].sort(),
    );
  }));

Deno.test("what git, Python or Manager would obey or mistake for their own does not come out of an archive", () =>
  withNodeWorld(async (test) => {
    const bytes = rawZip([
      { name: "__init__.py", data: "" },
      { name: ".git/config", data: "[core]\nfsmonitor = evil" },
      { name: "sub/.GIT/hooks/post-checkout", data: "evil", mode: 0o100755 },
      { name: "__pycache__/__init__.cpython-312.pyc", data: "evil" },
      { name: ".tracking", data: "../../main.py" },
    ]);
    await using server = serving(() => bytes);
    const node = await obtainNode(test.world(), registryTarget(server.url));
    assert.deepEqual((await pathsBelow(node.tree)).filter((path) => !path.endsWith("/")), [
      "__init__.py",
    ]);
  }));

Deno.test("a version without an archive and a target with forged digests are refused before anything is asked", () =>
  withNodeWorld(async (test) => {
    const missing = await failureOf(obtainNode(test.world(), registryTarget("")));
    assert.equal(missing.code, "NODE_DOWNLOAD_MISSING");
    const forged = registryTarget("http://127.0.0.1:1/x", { treeSha256: "../../../etc" });
    assert.equal(
      (await failureOf(obtainNode(test.world(), forged))).code,
      "NODE_REFERENCE_INVALID",
    );
  }));
