import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { readStatus, repairEnvironment } from "../../../src/environment/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";

async function look(fixture: EnvironmentFixture): Promise<readonly string[]> {
  const { differences } = await readStatus(fixture.world({ uvPath: join(fixture.root, "no-uv") }));
  return differences.filter(({ kind }) => kind.startsWith("model_"))
    .map(({ kind, subject, severity, expected, found, settle }) =>
      [severity, kind, subject, expected, found, settle].filter((each) => each).join(" | ")
    );
}

async function declare({ environment: { manifest } }: EnvironmentFixture, tables: string) {
  await Deno.writeTextFile(manifest, `${await Deno.readTextFile(manifest)}\n${tables}`);
}

async function putModel({ workspace }: EnvironmentFixture, path: string, bytes: number) {
  const target = join(workspace.defaultModels, ...path.split("/"));
  await Deno.mkdir(dirname(target), { recursive: true });
  await Deno.writeFile(target, new Uint8Array(bytes));
}

Deno.test("status tells models that are missing or of another size; optional ones only warn", async () => {
  await withEnvironment(async (fixture) => {
    await declare(
      fixture,
      `
[tool.comfydock.models.base]
local_path = "checkpoints/base.safetensors"
size = 4
[tool.comfydock.models.seed_form]
local_path = "models/vae/vae.safetensors"
size = 5
[tool.comfydock.models.nice]
local_path = "loras/nice.safetensors"
criticality = "optional"
[tool.comfydock.models.folder]
local_path = "diffusers/folder"
size = 12
[tool.comfydock.models.nowhere]
size = 1
[tool.comfydock.models.out]
local_path = "../../elsewhere"
`,
    );
    await putModel(fixture, "diffusers/folder/model.bin", 12);
    const out = 'error | model_outside | ../../elsewhere | comfydock model remove "out" --env demo';
    assert.deepEqual(await look(fixture), [
      "error | model_missing | checkpoints/base.safetensors | comfydock model download --env demo",
      "error | model_missing | models/vae/vae.safetensors | comfydock model download --env demo",
      "warning | model_missing | loras/nice.safetensors | comfydock model download --env demo",
      out,
    ]);
    const { findings, ok } = await repairEnvironment(fixture.world(), { dryRun: true });
    assert.deepEqual(findings.filter(({ part }) => part === "model_files"), [{
      part: "model_files",
      problem: "Models are missing: base, seed_form",
      remedy: undefined,
      outcome: "remains",
      hint: "Run comfydock model download --env demo",
      error: undefined,
    }, {
      part: "model_files",
      problem: "Optional models are missing: nice",
      remedy: undefined,
      outcome: "noted",
      hint: "Run comfydock model download --env demo",
      error: undefined,
    }]);
    assert.equal(ok, false);
    await putModel(fixture, "checkpoints/base.safetensors", 4);
    await putModel(fixture, "vae/vae.safetensors", 6);
    await putModel(fixture, "loras/nice.safetensors", 0);
    assert.deepEqual(await look(fixture), [
      "error | model_size | models/vae/vae.safetensors | 5 bytes | 6 bytes | comfydock model verify --env demo",
      out,
    ]);
  });
});
