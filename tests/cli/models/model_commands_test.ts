import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import type { ModelDedupeData } from "../../../src/cli/models/dedupe.ts";
import type { ModelFindData } from "../../../src/cli/models/find.ts";
import type { ModelInfoData } from "../../../src/cli/models/info.ts";
import type { ModelListData } from "../../../src/cli/models/list.ts";
import type { ModelScanData } from "../../../src/cli/models/scan.ts";
import type { ModelVerifyData } from "../../../src/cli/models/verify.ts";
import { environmentLayout } from "../../../src/workspace/mod.ts";
import { sampleModel } from "../../support/model_files.ts";
import { assertPublishedShape } from "../../support/schemas.ts";
import {
  dataOf,
  exists,
  MANIFEST,
  withRoot,
  withWorkspace,
  type WorkspaceFixture,
} from "../workspace/support/workspace.ts";

async function put({ layout }: WorkspaceFixture, path: string, content: string): Promise<string> {
  const whole = join(layout.defaultModels, path);
  await Deno.mkdir(dirname(whole), { recursive: true });
  await Deno.writeFile(whole, sampleModel(content));
  return whole;
}

/** Runs a command with `--json`, whose shape must be the published one. */
async function ask<Data>(
  { run }: WorkspaceFixture,
  argv: readonly string[],
  code = 0,
): Promise<Data> {
  const done = await run([...argv, "--json"]);
  assert.equal(done.code, code, done.stderr);
  await assertPublishedShape(done.json);
  return dataOf<Data>(done);
}

async function failure({ run }: WorkspaceFixture, argv: readonly string[]) {
  const { code, json } = await run([...argv, "--json"]);
  return [code, json?.error?.code];
}

Deno.test("model scan --models-dir adds a directory to those that are searched anyway, or that are named", async () => {
  await withWorkspace(async (fixture) => {
    await put(fixture, "vae/a.safetensors", "a");
    const [other, named] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
    await Deno.writeFile(join(other, "b.safetensors"), sampleModel("b"));
    await Deno.writeFile(join(named, "c.safetensors"), sampleModel("c"));
    const both = await ask<ModelScanData>(fixture, ["model", "scan", "--models-dir", other]);
    assert.deepEqual([both.files, both.added], [2, 2]);
    const scan = ["model", "scan", named, "--models-dir", other];
    const { files, added } = await ask<ModelScanData>(fixture, scan);
    assert.deepEqual([files, added], [2, 1]);
    const nowhere = join(other, "nowhere");
    await ask<ModelScanData>(fixture, ["model", "scan", "--models-dir", nowhere], 1);
    await Promise.all([other, named].map((path) => Deno.remove(path, { recursive: true })));
  });
});

Deno.test("model scan of a name that is empty does not search the current directory", async () => {
  await withWorkspace(async (fixture) => {
    const refused = await failure(fixture, ["model", "scan", ""]);
    assert.deepEqual(refused, [2, "OPTION_VALUE_INVALID"]);
  });
});

Deno.test("model scan looks at the workspace's models and those of its environments", async () => {
  await withWorkspace(async (fixture) => {
    await put(fixture, "vae/a.safetensors", "a");
    await fixture.makeEnvironments("demo");
    const { comfyui } = environmentLayout(fixture.layout, "demo");
    await Deno.mkdir(join(comfyui, "models", "loras"), { recursive: true });
    await Deno.writeFile(join(comfyui, "models", "loras", "b.safetensors"), sampleModel("b"));
    const planned = await ask<ModelScanData>(fixture, ["model", "scan", "--dry-run"]);
    assert.deepEqual([planned.dry_run, planned.added, planned.roots.length], [true, 2, 2]);
    assert.equal(await exists(fixture.layout.modelIndex), false);
    assert.equal((await ask<ModelScanData>(fixture, ["model", "scan"])).added, 2);
    const broken = await put(fixture, "vae/broken.safetensors", "x");
    await Deno.writeTextFile(broken, "<!DOCTYPE html>");
    const told = await ask<ModelScanData>(fixture, ["model", "scan"], 1);
    assert.deepEqual(told.problems.map(({ code, path }) => [code, path]), [
      ["MODEL_NOT_A_MODEL", broken],
    ]);
    assert.equal(told.unchanged, 2);
    const { stdout, code } = await fixture.run(["model", "scan"]);
    assert.equal(code, 1);
    assert.match(stdout, /2 model files.*\nNothing changed\nerror .*broken\.safetensors/s);
  });
});

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

Deno.test("model find shows what is here and what is known, also without any workspace", async () => {
  await withRoot(async (fixture) => {
    const { here, known } = await ask<ModelFindData>(fixture, ["model", "find", "ae.safetensors"]);
    assert.deepEqual([here.length, known[0]?.name, known[0]?.here], [0, "ae.safetensors", []]);
    assert.deepEqual(await failure(fixture, ["model", "find", "no such model at all"]), [
      4,
      "MODEL_NOT_FOUND",
    ]);
  });
  await withWorkspace(async (fixture) => {
    const path = await put(fixture, "vae/ae.safetensors", "a");
    await ask(fixture, ["model", "scan"]);
    const { here, known } = await ask<ModelFindData>(fixture, ["model", "find", "AE.safe"]);
    assert.deepEqual(here.map(({ name }) => name), ["ae.safetensors"]);
    assert.deepEqual(known.find(({ name }) => name === "ae.safetensors")?.here, [path]);
    assert.match(
      (await fixture.run(["model", "find", "ae.safetensors"])).stdout,
      /^here .*\nhere /,
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

Deno.test("model list tells what environments miss, what none uses, and what is here twice", async () => {
  await withWorkspace(async (fixture) => {
    await put(fixture, "vae/used.safetensors", "used");
    await put(fixture, "vae/copy.safetensors", "used");
    await put(fixture, "loras/unused.safetensors", "unused");
    await ask(fixture, ["model", "scan"]);
    const info = await ask<ModelInfoData>(fixture, ["model", "info", "used.safetensors"]);
    const missing = `hash = "blake3:${"12".repeat(32)}"\n`;
    for (const name of ["one", "two"]) {
      await fixture.makeEnvironments(name);
      const used = name === "one"
        ? `[tool.comfydock.models.used]\nname = "used.safetensors"\n` +
          `hash = "blake3:${info.model!.blake3}"\n`
        : "";
      await Deno.writeTextFile(
        environmentLayout(fixture.layout, name).manifest,
        `${MANIFEST}${used}[tool.comfydock.models.gone]\nname = "gone.safetensors"\n${missing}`,
      );
    }
    const list = async (...words: string[]) => {
      const data = await ask<ModelListData>(fixture, ["model", "list", ...words]);
      return data.models.map(({ name, paths, environments }) => [name, paths.length, environments]);
    };
    assert.deepEqual(await list("--env", "one"), [
      ["used.safetensors", 2, ["one"]],
      ["gone.safetensors", 0, ["one"]],
    ]);
    assert.deepEqual(await list("--missing"), [["gone.safetensors", 0, ["one", "two"]]]);
    assert.deepEqual(await list("--unused"), [["unused.safetensors", 1, []]]);
    // The manifest's name is the one that people gave it.
    assert.equal((await list("--duplicates"))[0]?.[1], 2);
    assert.deepEqual((await list("--all")).length, 2);
    assert.deepEqual(await failure(fixture, ["model", "list"]), [4, "ENVIRONMENT_NONE_ACTIVE"]);
    const both = ["model", "list", "--missing", "--unused"];
    assert.deepEqual(await failure(fixture, both), [2, "OPTION_VALUE_INVALID"]);
    assert.equal(
      (await ask<ModelInfoData>(fixture, ["model", "info", "unused.safetensors"])).used_by.length,
      0,
    );
  });
});

Deno.test("model dedupe plans, asks, and gives room back; model verify agrees before and after", async () => {
  await withWorkspace(async (fixture) => {
    const a = await put(fixture, "a.safetensors", "same");
    const b = await put(fixture, "b.safetensors", "same");
    assert.deepEqual(await failure(fixture, ["model", "verify"]), [4, "MODEL_NOT_FOUND"]);
    await ask(fixture, ["model", "scan"]);
    const inodes = async () => (await Deno.stat(a)).ino === (await Deno.stat(b)).ino;
    const planned = await ask<ModelDedupeData>(fixture, ["model", "dedupe", "--dry-run"]);
    assert.deepEqual(planned.groups.map(({ kept, replaced }) => [kept, replaced]), [[a, [b]]]);
    assert.equal(planned.freed, sampleModel("same").length);
    const [code] = await failure(fixture, ["model", "dedupe"]);
    assert.equal(code, 2);
    assert.equal(await inodes(), false);
    const done = await ask<ModelDedupeData>(fixture, ["model", "dedupe", "--yes"]);
    assert.equal(done.freed, planned.freed);
    assert.equal(await inodes(), true);
    for (const words of [[], ["--full"]]) {
      const { problems } = await ask<ModelVerifyData>(fixture, ["model", "verify", ...words]);
      assert.deepEqual(problems, []);
    }
    const again = await fixture.run(["model", "dedupe", "--yes"]);
    assert.equal(again.stdout, "No file was replaced\n");
    await Deno.remove(b);
    assert.equal((await ask<ModelVerifyData>(fixture, ["model", "verify"], 1)).problems.length, 1);
  });
});
