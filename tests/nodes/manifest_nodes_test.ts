import assert from "node:assert/strict";
import { join } from "node:path";
import {
  manifestNodeOf,
  type NodeTarget,
  obtainNode,
  obtainRecorded,
  placeNode,
  targetOfManifest,
} from "../../src/nodes/mod.ts";
import { hashTree } from "../../src/nodes/mod.ts";
import { editManifest, MANIFEST_SCHEMA, readManifest, setNode } from "../../src/pyproject/mod.ts";
import { workspaceLayout } from "../../src/workspace/mod.ts";
import { failureOf } from "../support/comfyui_world.ts";
import { serve } from "../support/http_server.ts";
import {
  makeRepository,
  type NodeTestWorld,
  registryTarget,
  withNodeWorld,
} from "../support/node_world.ts";
import { nodeArchive } from "../support/registry/mod.ts";

/** Adds a pack in one workspace, and gets it again in another from the text of the manifest alone. */
async function carryOver(test: NodeTestWorld, target: NodeTarget): Promise<void> {
  const node = await obtainNode(test.world(), target);
  const recorded = manifestNodeOf(node, { runScripts: ["install.py"] });
  const text = editManifest(emptyManifest(), [setNode(recorded)], "pyproject.toml");
  const read = readManifest(text, "pyproject.toml").nodes[target.id]!;
  assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(recorded)));
  const elsewhere = test.world({ workspace: workspaceLayout(join(test.root, "other")) });
  const again = await obtainRecorded(elsewhere, read);
  assert.equal(again.fromStore, false);
  assert.equal(again.treeSha256, node.treeSha256);
  const place = join(test.root, "other", "place");
  await placeNode(elsewhere, again, place);
  assert.equal(await hashTree(place), node.treeSha256);
}

function emptyManifest(): string {
  return `[project]\nname = "demo"\ndependencies = []\n\n[tool.comfydock]\nversion = "${MANIFEST_SCHEMA}"\n`;
}

Deno.test("what the manifest records of a registry pack gives the same files in another workspace", () =>
  withNodeWorld(async (test) => {
    await using server = serve(() => new Response(nodeArchive("sample-pack", "1.0.0", ["A"], [])));
    await carryOver(test, registryTarget(server.url));
  }));

Deno.test("what the manifest records of a git pack gives the same files in another workspace", () =>
  withNodeWorld(async (test) => {
    const { url, commit } = await makeRepository(test, "user/pack.git");
    const first = await commit({ "sub/__init__.py": "A = 1" });
    await commit({ "sub/__init__.py": "A = 2" });
    const git = { source: "git" as const, name: "pack", url, commit: first, ref: "main" };
    await carryOver(test, { ...git, id: "pack" });
    await carryOver({ ...test, root: join(test.root, "again") }, {
      ...git,
      id: "sub",
      subdirectory: "sub",
    });
  }));

Deno.test("fields of a manifest that could do harm are refused", () =>
  withNodeWorld(async (test) => {
    const node = { id: "pack", name: "pack", enabled: true };
    const git = { ...node, source: "git" as const, commit: "1".repeat(40) };
    const repository = "https://git.test/user/pack";
    for (
      const bad of [
        { ...git, repository: "ext::sh -c touch% x" },
        { ...git, repository: "--upload-pack=touch x" },
        { ...git, repository, commit: "--output=x" },
        { ...git, repository, subdirectory: "../x" },
        { ...git, repository, directory: "../x" },
        { ...git, repository, directory: "a/b" },
        { ...node, source: "registry" as const, treeSha256: "../x" },
        { ...node, source: "registry" as const, sha256: "x" },
      ]
    ) {
      const failure = await failureOf(obtainRecorded(test.world(), bad));
      assert.equal(failure.code, "NODE_REFERENCE_INVALID", JSON.stringify(bad));
    }
    const { path } = targetOfManifest({ ...node, source: "development" }, "/srv/pack") as {
      path?: string;
    };
    assert.equal(path, "/srv/pack");
  }));
