import assert from "node:assert/strict";
import { join } from "node:path";
import type { ModelDedupeData } from "../../../src/cli/models/dedupe.ts";
import type { ModelFindData } from "../../../src/cli/models/find.ts";
import type { ModelInfoData } from "../../../src/cli/models/info.ts";
import type { ModelListData } from "../../../src/cli/models/list.ts";
import type { ModelScanData } from "../../../src/cli/models/scan.ts";
import type { ModelVerifyData } from "../../../src/cli/models/verify.ts";
import { environmentLayout } from "../../../src/workspace/mod.ts";
import { sampleModel } from "../../support/model_files.ts";
import { exists, MANIFEST, withRoot, withWorkspace } from "../workspace/support/workspace.ts";
import { ask, failure, put } from "./support/asking.ts";

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
    const places = ["used", "copy"].map((name) =>
      join(fixture.layout.defaultModels, "vae", `${name}.safetensors`)
    );
    await Deno.rename(places[0]!, `${places[0]}.aside`);
    assert.deepEqual((await list("--env", "one"))[0], ["used.safetensors", 1, ["one"]]);
    await Deno.rename(places[1]!, `${places[1]}.aside`);
    const names = (await list("--missing")).map(([name]) => name);
    assert.deepEqual(names, ["used.safetensors", "gone.safetensors"], "nobody has scanned since");
    for (const path of places) await Deno.rename(`${path}.aside`, path);
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
