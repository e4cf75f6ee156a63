import assert from "node:assert/strict";
import { join } from "node:path";
import { hashTree, type NodeTarget, obtainNode, placeNode } from "../../../src/nodes/mod.ts";
import { failureOf } from "../../support/comfyui_world.ts";
import { pythonProgram } from "../../support/python_program.ts";
import { pathsBelow, withNodeWorld, writeFiles } from "../../support/node_world.ts";

function target(source: "local" | "development", path?: string): NodeTarget {
  return { source, id: "mine", name: "Mine", path };
}

Deno.test("a directory of this machine is copied into the store, and changes there come in when it is added again", () =>
  withNodeWorld(async (test) => {
    const path = join(test.root, "My Pack");
    await writeFiles(path, { "__init__.py": "A = 1", ".git/HEAD": "x", "__pycache__/a.pyc": "x" });
    const first = await obtainNode(test.world(), target("local", path));
    assert.equal(first.directory, "My Pack");
    const place = join(test.root, "place");
    await placeNode(test.world(), first, place);
    assert.deepEqual(await pathsBelow(place), ["__init__.py"]);
    await Deno.writeTextFile(join(path, "__init__.py"), "A = 2");
    const second = await obtainNode(test.world(), target("local", path));
    assert.notEqual(second.treeSha256, first.treeSha256);
    const { treeSha256 } = first;
    const recorded = await obtainNode(test.world(), { ...target("local"), treeSha256 });
    assert.equal(recorded.tree, first.tree);
    await Deno.remove(test.workspace.nodeStore, { recursive: true });
    const gone = await failureOf(obtainNode(test.world(), { ...target("local"), treeSha256 }));
    assert.equal(gone.code, "NODE_NOT_STORED");
  }));

Deno.test({
  name: "a directory with a link that leads out of it is refused",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withNodeWorld(async (test) => {
      const path = join(test.root, "pack");
      await writeFiles(path, { "__init__.py": "" });
      await Deno.symlink("../home", join(path, "out"));
      const failure = await failureOf(obtainNode(test.world(), target("local", path)));
      assert.equal(failure.code, "NODE_TREE_UNSAFE");
      assert.deepEqual(await pathsBelow(test.workspace.nodeStore), []);
    }),
});

Deno.test({
  name: "a directory whose files cannot be read is not said to be gone",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withNodeWorld(async (test) => {
      const path = join(test.root, "pack");
      await writeFiles(path, { "__init__.py": "" });
      // A name that is no UTF-8, which only another program can write.
      const script = "import os,sys; open(os.fsencode(sys.argv[1])+b'/bad\\xff', 'w')";
      const args = ["-c", script, path];
      await new Deno.Command(await pythonProgram(), { args }).output();
      const failure = await failureOf(obtainNode(test.world(), target("local", path)));
      assert.notEqual(failure.code, "NODE_NOT_STORED");
      assert.doesNotMatch(failure.message, /not in the store/);
    }),
});

Deno.test("a development pack stays where it is, and environments get a link to it", () =>
  withNodeWorld(async (test) => {
    const path = join(test.root, "pack");
    await writeFiles(path, { "__init__.py": "A = 1" });
    const before = await hashTree(path);
    const node = await obtainNode(test.world({ offline: true }), target("development", path));
    assert.deepEqual([node.tree, node.treeSha256], [path, undefined]);
    const place = join(test.root, "custom_nodes", "pack");
    await placeNode(test.world(), node, place);
    assert.equal(await Deno.realPath(place), path);
    assert.equal(await hashTree(path), before);
    const gone = target("development", join(test.root, "nowhere"));
    assert.equal((await failureOf(obtainNode(test.world(), gone))).code, "NODE_NOT_STORED");
  }));
