import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import type { ModelInfoData } from "../../../src/cli/models/info.ts";
import type { ModelListData } from "../../../src/cli/models/list.ts";
import type { ModelScanData } from "../../../src/cli/models/scan.ts";
import { environmentLayout } from "../../../src/workspace/mod.ts";
import { MANIFEST, withWorkspace } from "../workspace/support/workspace.ts";
import { ask, failure, put } from "./support/asking.ts";

Deno.test("an unsafe pickle is in the index, and is named wherever it shows", async () => {
  await withWorkspace(async (fixture) => {
    const path = await put(fixture, "checkpoints/evil.ckpt", "x");
    await Deno.writeFile(path, new TextEncoder().encode("cposix\nsystem\n(S'id'\ntR."));
    const { unsafe } = await ask<ModelScanData>(fixture, ["model", "scan"]);
    assert.deepEqual(unsafe, [{ path, globals: ["posix.system"] }]);
    const { model } = await ask<ModelInfoData>(fixture, ["model", "info", "evil.ckpt"]);
    assert.deepEqual(model?.unsafe, ["posix.system"]);
    const { models } = await ask<ModelListData>(fixture, ["model", "list", "--all"]);
    assert.deepEqual(models.map((each) => each.unsafe), [["posix.system"]]);

    await put(fixture, "checkpoints/tame.safetensors", "tame");
    const again = await ask<ModelScanData>(fixture, ["model", "scan"]);
    assert.deepEqual([again.unsafe, again.unsafe_files], [[], 1], "told as long as it is there");
    assert.match((await fixture.run(["model", "scan"])).stdout, /unsafe 1 file here in all/);
    await fixture.makeEnvironments("demo");
    await Deno.writeTextFile(
      environmentLayout(fixture.layout, "demo").manifest,
      `${MANIFEST}[tool.comfydock.models.bad]\nname = "evil.ckpt"\nhash = "blake3:${
        model!.blake3
      }"\n`,
    );
    const own = await ask<ModelListData>(fixture, ["model", "list", "--env", "demo"]);
    assert.deepEqual(own.models.map((each) => each.unsafe), [["posix.system"]]);
    for (const words of [["list", "--all"], ["list", "--env", "demo"], ["find", "evil"]]) {
      const { stdout } = await fixture.run(["model", ...words]);
      assert.match(stdout, /^unsafe .*evil\.ckpt/m, words.join(" "));
    }
  });
});

Deno.test("model info tells which manifests name a model, under which key, whether it is here or not", async () => {
  await withWorkspace(async (fixture) => {
    await put(fixture, "vae/file.safetensors", "a");
    await ask(fixture, ["model", "scan"]);
    const info = (id: string) => ask<ModelInfoData>(fixture, ["model", "info", id]);
    const { model } = await info("file.safetensors");
    await fixture.makeEnvironments("one", "two");
    const write = (name: string, text: string) =>
      Deno.writeTextFile(environmentLayout(fixture.layout, name).manifest, `${MANIFEST}${text}`);
    await write(
      "one",
      `[tool.comfydock.models.my-vae]\nname = "vae"\nhash = "blake3:${model!.blake3}"\n`,
    );
    await write(
      "two",
      '[tool.comfydock.models.far]\nname = "far.safetensors"\nsize = 7\ncriticality = "optional"\n' +
        'local_path = "models/loras/far-away.safetensors"\n' +
        'sources = [{ type = "url", url = "https://example.com/far.safetensors" }]\n',
    );
    for (const id of ["file.safetensors", "my-vae", "VAE"]) {
      const found = await info(id);
      assert.equal(found.model?.blake3, model?.blake3, id);
      assert.deepEqual(found.used_by.map((use) => [use.environment, use.key]), [["one", "my-vae"]]);
    }
    for (const id of ["far", "far.safetensors", "far-away.safetensors"]) {
      const { model: absent, used_by } = await info(id);
      assert.equal(absent, undefined);
      const [{ environment, key, entry } = assert.fail(id)] = used_by;
      assert.deepEqual([environment, key, entry.size, entry.criticality], [
        "two",
        "far",
        7,
        "optional",
      ]);
    }
    const { stdout } = await fixture.run(["model", "info", "far"]);
    assert.match(
      stdout,
      /^It is not here\n.*size .*7 B\n[^]*source .*example\.com[^]*two as far, opt/,
    );
  });
});

Deno.test("model info takes names, paths and digests, and refuses to guess between two", async () => {
  await withWorkspace(async (fixture) => {
    const a = await put(fixture, "vae/one.safetensors", "a");
    await put(fixture, "loras/same.safetensors", "b");
    await put(fixture, "vae/same.safetensors", "c");
    await ask(fixture, ["model", "scan"]);
    const { model } = await ask<ModelInfoData>(fixture, ["model", "info", "one.safetensors"]);
    assert.deepEqual(model?.locations, [{ path: a, folder: "vae" }]);
    for (const id of [a, "vae/one.safetensors", model!.blake3.slice(0, 10)]) {
      const found = await ask<ModelInfoData>(fixture, ["model", "info", id]);
      assert.equal(found.model?.blake3, model?.blake3, id);
    }
    assert.deepEqual(await failure(fixture, ["model", "info", "same.safetensors"]), [
      5,
      "MODEL_AMBIGUOUS",
    ]);
    assert.deepEqual(await failure(fixture, ["model", "info", "none"]), [4, "MODEL_NOT_FOUND"]);
    const known = await ask<ModelInfoData>(fixture, ["model", "info", "ae.safetensors"]);
    assert.ok(known.model === undefined && known.known.length > 0);
  });
});

Deno.test("a model is called as its file is, also after that was renamed", async () => {
  await withWorkspace(async (fixture) => {
    const old = await put(fixture, "vae/old.safetensors", "a");
    await ask(fixture, ["model", "scan"]);
    await Deno.rename(old, join(dirname(old), "new.safetensors"));
    await ask(fixture, ["model", "scan"]);
    for (const id of ["new.safetensors", "old.safetensors"]) {
      const { model } = await ask<ModelInfoData>(fixture, ["model", "info", id]);
      assert.equal(model?.name, "new.safetensors", `${id}: the old name still finds it`);
    }
    const { models } = await ask<ModelListData>(fixture, ["model", "list", "--all"]);
    assert.deepEqual(models.map(({ name }) => name), ["new.safetensors"]);
  });
});
