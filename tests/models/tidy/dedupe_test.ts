import assert from "node:assert/strict";
import { join } from "node:path";
import { silentReporter } from "../../../src/base/mod.ts";
import {
  applyDedupe,
  cloneCommand,
  type DedupeMethod,
  planDedupe,
} from "../../../src/models/tidy/mod.ts";
import { createRunner } from "../../../src/tools/mod.ts";
import { sampleModel } from "../../support/model_files.ts";
import { type ModelTree, withModelTree } from "../support/model_tree.ts";

const runner = createRunner({ env: Deno.env.toObject() });

function dedupe({ index }: ModelTree, plan = planDedupe(index), method: DedupeMethod = "link") {
  return applyDedupe(index, plan, { method, report: silentReporter, runner });
}

const inodeOf = async (path: string) => (await Deno.stat(path)).ino;

Deno.test("equal files become one, the index follows, and a second run finds nothing to do", async () => {
  await withModelTree(async (tree) => {
    const a = await tree.write("checkpoints/a.safetensors", "same");
    const b = await tree.write("loras/b.safetensors", "same");
    const c = await tree.write("loras/c.safetensors", "same");
    const other = await tree.write("loras/other.safetensors", "other");
    await tree.scan();
    const held = tree.held();
    const plan = planDedupe(tree.index);
    assert.deepEqual(
      plan.groups.map(({ kept, replaced, freed }) => [
        kept.path,
        replaced.map(({ path }) => path),
        freed,
      ]),
      [[a, [b, c], 2 * sampleModel("same").length]],
    );
    const { groups, problems } = await dedupe(tree);
    assert.deepEqual([groups.length, problems], [1, []]);
    assert.deepEqual([await inodeOf(b), await inodeOf(c)], [await inodeOf(a), await inodeOf(a)]);
    assert.deepEqual(await Deno.readFile(b), sampleModel("same"));
    assert.notEqual(await inodeOf(other), await inodeOf(a));
    assert.deepEqual(tree.held(), held);
    assert.deepEqual(planDedupe(tree.index), { groups: [], problems: [] });
    const { unchanged, hashedBytes } = await tree.scan();
    assert.deepEqual([unchanged, hashedBytes], [4, 0]);
  });
});

Deno.test("a file whose bytes differ is left, whatever the index believes", async () => {
  await withModelTree(async (tree) => {
    await tree.write("a.safetensors", "same");
    const b = await tree.write("b.safetensors", "same");
    await tree.scan();
    const plan = planDedupe(tree.index);
    // Other bytes of the same size and time, as a failing disk or a careful writer leaves them.
    const { mtime } = await Deno.stat(b);
    await Deno.writeFile(b, sampleModel("SAME"));
    await Deno.utime(b, mtime!, mtime!);
    const { groups, problems } = await dedupe(tree, plan);
    assert.deepEqual(groups, []);
    assert.deepEqual(problems.map(({ code, path }) => [code, path]), [["MODEL_CHANGED", b]]);
    assert.deepEqual(await Deno.readFile(b), sampleModel("SAME"));
    assert.deepEqual(await leftovers(tree.models), []);
  });
});

Deno.test("a file that is written while it is compared is left with what was written", async () => {
  await withModelTree(async (tree) => {
    await tree.write("a.safetensors", "same");
    const b = await tree.write("b.safetensors", "same");
    await tree.scan();
    const { groups, problems } = await applyDedupe(tree.index, planDedupe(tree.index), {
      ...{ method: "link", report: silentReporter, runner },
      checkpoints: { reach: () => Deno.writeFileSync(b, sampleModel("new")) },
    });
    assert.deepEqual([groups, problems.map(({ code }) => code)], [[], ["MODEL_CHANGED"]]);
    assert.deepEqual(await Deno.readFile(b), sampleModel("new"));
    assert.deepEqual(await leftovers(tree.models), []);
  });
});

Deno.test("files that were written since the scan are not planned for", async () => {
  await withModelTree(async (tree) => {
    await tree.write("a.safetensors", "same");
    const b = await tree.write("b.safetensors", "same");
    await tree.scan();
    await Deno.writeFile(b, sampleModel("something else"));
    const { groups, problems } = planDedupe(tree.index);
    assert.deepEqual([groups, problems.map(({ path }) => path)], [[], [b]]);
  });
});

Deno.test("names that share their bytes already are not counted, and bytes held elsewhere are not promised", async () => {
  await withModelTree(async (tree) => {
    const a = await tree.write("a.safetensors", "same");
    await Deno.link(a, join(tree.models, "a2.safetensors"));
    const b = await tree.write("b.safetensors", "same");
    await Deno.link(b, join(tree.root, "outside.safetensors"));
    await tree.scan();
    const [group] = planDedupe(tree.index).groups;
    assert.deepEqual([group?.replaced.map(({ path }) => path), group?.freed], [[b], 0]);
  });
});

Deno.test({
  name:
    "copies that share their bytes are made where the file system can, and are refused elsewhere",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await withModelTree(async (tree) => {
      const a = await tree.write("a.safetensors", "same");
      const b = await tree.write("b.safetensors", "same");
      await Deno.utime(b, new Date(5000), new Date(5000));
      await tree.scan();
      const can = (await new Deno.Command("cp", {
        args: ["--reflink=always", a, join(tree.root, "probe")],
        stderr: "null",
      }).output()).success;
      const { groups, problems } = await dedupe(tree, planDedupe(tree.index), "reflink");
      const codes = problems.map(({ code }) => code);
      assert.deepEqual([groups.length, codes], can ? [1, []] : [0, ["MODEL_CLONE_UNSUPPORTED"]]);
      assert.notEqual(await inodeOf(a), await inodeOf(b));
      assert.equal((await Deno.stat(b)).mtime?.getTime(), 5000);
      assert.deepEqual(await leftovers(tree.models), []);
    });
  },
});

Deno.test("each system has its own command for such copies", () => {
  assert.deepEqual(cloneCommand("-a", "b", "linux")?.args, ["--reflink=always", "--", "-a", "b"]);
  assert.deepEqual(cloneCommand("/a", "/b", "darwin")?.args, ["-c", "/a", "/b"]);
  assert.equal(cloneCommand("a", "b", "windows"), undefined);
});

async function leftovers(directory: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(directory));
  return entries.map(({ name }) => name).filter((name) => name.startsWith("."));
}
