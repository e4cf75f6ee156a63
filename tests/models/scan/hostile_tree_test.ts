import assert from "node:assert/strict";
import { join } from "node:path";
import { sampleModel } from "../../support/model_files.ts";
import { withModelTree } from "../support/model_tree.ts";

const unix = Deno.build.os !== "windows";
const linux = Deno.build.os === "linux";

async function shell(script: string, cwd: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("sh", { args: ["-c", script], cwd }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

Deno.test({
  name: "links are followed, loops are left, and what leads nowhere is told",
  ignore: !unix,
  async fn() {
    await withModelTree(async ({ root, models, write, scan, held }) => {
      await write("loras/a.safetensors", "a");
      const outside = join(root, "outside");
      await Deno.mkdir(outside);
      await Deno.writeFile(join(outside, "b.safetensors"), sampleModel("b"));
      await Deno.symlink(outside, join(models, "vae"));
      await Deno.symlink(join(outside, "b.safetensors"), join(models, "link.safetensors"));
      await Deno.symlink(models, join(models, "loras", "loop"));
      await Deno.symlink("self.safetensors", join(models, "self.safetensors"));
      await Deno.symlink("gone.safetensors", join(models, "dead.safetensors"));
      await Deno.symlink("nowhere", join(models, "some_link"));
      const report = await scan();
      assert.deepEqual(Object.keys(held()), [
        "models/link.safetensors",
        "models/loras/a.safetensors",
        "models/vae/b.safetensors",
      ]);
      // One inode is read once, whatever its names.
      assert.equal(report.hashedBytes, sampleModel("a").length + sampleModel("b").length);
      assert.deepEqual(report.warnings.map(({ code }) => code), ["MODEL_LINK_LOOP"]);
      const told = report.problems.map(({ path }) => path.slice(models.length + 1)).sort();
      assert.deepEqual(told, ["dead.safetensors", "self.safetensors"]);
      assert.equal((await scan()).unchanged, 3);
    });
  },
});

Deno.test({
  name: "links among directories do not multiply without end",
  ignore: !unix,
  async fn() {
    await withModelTree(async ({ models, write, scan }) => {
      const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
      for (const name of names) await write(`${name}/x.safetensors`, name);
      for (const from of names) {
        for (const to of names) {
          if (from !== to) await Deno.symlink(join(models, to), join(models, from, `to-${to}`));
        }
      }
      const { files, warnings } = await scan();
      assert.ok(files >= 8 && files <= 40, `${files}`);
      assert.ok(warnings.length > 0);
    });
  },
});

Deno.test({
  name: "devices, pipes and names that are no UTF-8 are told, and nothing waits for them",
  ignore: !linux,
  async fn() {
    await withModelTree(async ({ models, write, scan, held }) => {
      await write("a.safetensors", "a");
      await shell(
        "mkfifo pipe.safetensors; printf x > \"$(printf 'bad\\377.safetensors')\"",
        models,
      );
      await Deno.symlink("/dev/zero", join(models, "zero.ckpt"));
      const { problems, warnings } = await scan();
      assert.deepEqual(problems.map(({ code }) => code), ["MODEL_NOT_A_FILE", "MODEL_NOT_A_FILE"]);
      assert.deepEqual(warnings.map(({ code }) => code), ["MODEL_NAME_UNUSABLE"]);
      assert.match(warnings[0]!.path, /bad/);
      assert.deepEqual(Object.keys(held()), ["models/a.safetensors"]);
    });
  },
});

Deno.test({
  name: "names and paths that are longer than the file system takes are told",
  ignore: !linux,
  async fn() {
    await withModelTree(async ({ models, write, scan }) => {
      await write("a.safetensors", "a");
      await Deno.symlink("x".repeat(300), join(models, "long.safetensors"));
      const name = "d".repeat(200);
      await shell(
        `i=0; while [ $i -lt 22 ]; do mkdir ${name} && cd ${name}; i=$((i+1)); done`,
        models,
      );
      const { files, problems } = await scan();
      assert.equal(files, 1);
      assert.deepEqual(problems.map(({ code }) => code), ["FILE_UNREADABLE", "FILE_UNREADABLE"]);
      await shell(`rm -rf ${name}`, models);
    });
  },
});

Deno.test("files that vanish or are written between the look and the reading are told, never wrong", async () => {
  await withModelTree(async ({ models, write, scan, held, index }) => {
    const gone = await write("gone.safetensors", "gone");
    const grows = await write("grows.safetensors", "grows");
    await write("stays.safetensors", "stays");
    const report = await scan(undefined, {
      report: {
        emit(event) {
          if (event.kind !== "finished" || event.id !== "look") return;
          Deno.removeSync(gone);
          Deno.writeFileSync(grows, new Uint8Array(100), { append: true });
        },
      },
    });
    assert.deepEqual(report.problems.map(({ code, path }) => [code, path]), [
      ["MODEL_CHANGED", gone],
    ]);
    // What had grown before its reading began was read as it was then.
    const [found] = index.byName("grows.safetensors");
    assert.equal(found?.size, (await Deno.stat(grows)).size);
    assert.deepEqual(Object.keys(held()), ["models/grows.safetensors", "models/stays.safetensors"]);
    assert.equal((await scan([models])).unchanged, 2);
  });
});

Deno.test("a file that is written while it is read is told, and is read again by the next scan", async () => {
  await withModelTree(async ({ models, write, scan, held }) => {
    const path = await write("a.safetensors", "before");
    const { problems } = await scan(undefined, {
      report: {
        emit: (event) => {
          if (event.kind !== "advanced") return;
          Deno.writeFileSync(path, sampleModel("afterwards"));
        },
      },
    });
    assert.deepEqual(problems.map(({ code }) => code), ["MODEL_CHANGED"]);
    assert.deepEqual(held(), {});
    assert.equal((await scan([models])).added, 1);
  });
});
