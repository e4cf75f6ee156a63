import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../src/pyproject/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { seededBytes, serveFile } from "../support/file_server.ts";
import { serveCivitai } from "../support/model_hosts/civitai.ts";
import { serveHuggingFace, sha256 } from "../support/model_hosts/hugging_face.ts";
import { type CliRun, spawnCli } from "../support/run_cli.ts";
import { assertPublishedShape } from "../support/schemas.ts";
import { safetensorsBytes } from "../support/model_files.ts";

const MODEL = sampleOf(400_000, 11);
const OTHER = sampleOf(400_000, 12);
const STYLE = sampleOf(1_000, 13);

function sampleOf(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const weight = { dtype: "F16" as const, shape: [size / 2] };
  return safetensorsBytes({ weight }, { tail: seededBytes(size, seed) });
}

async function model(fixture: EnvironmentFixture, argv: readonly string[], env = {}, code = 0) {
  const run = await fixture.cli(["--json", "model", ...argv], env);
  assert.equal(run.code, code, `${argv.join(" ")}: ${run.stderr}`);
  await assertPublishedShape(run.json);
  return dataOf(run);
}

function dataOf({ json }: CliRun): Record<string, unknown> {
  return json?.data as Record<string, unknown>;
}

async function manifestOf({ environment }: EnvironmentFixture) {
  return readManifest(await Deno.readTextFile(environment.manifest), "pyproject.toml");
}

async function subjects({ world, environment }: EnvironmentFixture): Promise<readonly string[]> {
  return (await world().git.log(environment.cec)).map(({ subject }) => subject);
}

Deno.test("model download --all: of three sources one is dead, one lies, and the third gives the right file", async () => {
  await using liar = serveFile(() => ({ bytes: OTHER, etag: '"1"' }));
  await using hub = serveHuggingFace([{ path: "o/r/base.safetensors", bytes: MODEL }]);
  await withEnvironment(async (fixture) => {
    const { environment, workspace } = fixture;
    const text = await Deno.readTextFile(environment.manifest);
    const entry = `
[tool.comfydock.models.base]
name = "A base model"
sha256 = "${sha256(MODEL)}"
sources = [
  { type = "url", url = "http://127.0.0.1:9/base.safetensors" },
  { type = "url", url = "${liar.url}/base.safetensors" },
  { type = "huggingface", repo = "o/r", file = "base.safetensors" },
]
local_path = "models/checkpoints/base.safetensors"
criticality = "optional"
`;
    await Deno.writeTextFile(environment.manifest, text + entry);
    await fixture.cli(["commit", "-m", "a model"]);
    const env = { HF_ENDPOINT: hub.url };
    const planned = await model(fixture, ["download", "--all", "--dry-run"], env);
    assert.equal((planned.models as { outcome: string }[])[0]?.outcome, "missing");
    const data = await model(fixture, ["download", "--all"], env);
    const [found] = data.models as Record<string, unknown>[];
    assert.equal(found?.outcome, "fetched");
    assert.match(String(found?.source), /^hf:o\/r@/);
    assert.equal((found?.tried as unknown[]).length, 2);
    const path = join(workspace.defaultModels, "checkpoints", "base.safetensors");
    assert.deepEqual(await Deno.readFile(path), MODEL);
    const learned = (await manifestOf(fixture)).models.base;
    assert.match(learned?.hash ?? "", /^blake3:[0-9a-f]{64}$/);
    assert.equal(learned?.size, MODEL.length);
    assert.equal((await subjects(fixture))[0], "Note digests of base");
    const again = await model(fixture, ["download", "--all"]);
    assert.equal((again.models as { outcome: string }[])[0]?.outcome, "present");
  });
});

Deno.test("model add, source and remove, from sources and from this machine, and undo", async () => {
  const files = [{ name: "style.safetensors", bytes: STYLE, primary: true }];
  await using site = serveCivitai([{ id: 10, modelId: 1, files }]);
  await using hub = serveHuggingFace([
    { path: "o/r/split_files/vae/ae.safetensors", bytes: OTHER },
    { path: "o/copy/style.safetensors", bytes: STYLE },
  ]);
  const env = { HF_ENDPOINT: hub.url, CIVITAI_ENDPOINT: site.url };
  await withEnvironment(async (fixture) => {
    const { workspace: { defaultModels: models }, root } = fixture;
    const fetched = await model(fixture, ["add", "hf:o/r/split_files/vae/ae.safetensors"], env);
    assert.equal(fetched.key, "ae");
    assert.deepEqual(await Deno.readFile(join(models, "vae", "ae.safetensors")), OTHER);
    const before = await Deno.readTextFile(fixture.environment.manifest);

    const added = await model(
      fixture,
      ["add", "civitai:10", "--as", "nice", "--meta", "base=SDXL"],
      env,
    );
    assert.equal(added.path, join(models, "loras", "nice.safetensors"));
    const entry = (await manifestOf(fixture)).models.nice;
    assert.deepEqual(entry?.sources, [{ type: "civitai", modelId: "1", versionId: "10" }]);
    assert.equal(entry?.sha256, sha256(STYLE));
    assert.deepEqual(entry?.meta, { base: "SDXL" });
    assert.equal((await subjects(fixture))[0], "Add model nice");

    const { sources } = await model(fixture, [
      "source",
      "add",
      "nice",
      "hf:o/copy/style.safetensors",
    ], env);
    assert.equal((sources as string[]).length, 2);
    const wrong = ["source", "add", "nice", "hf:o/r/split_files/vae/ae.safetensors"];
    const refused = await fixture.cli(["model", ...wrong], env);
    assert.match(refused.stderr, /It is another file/);
    await model(fixture, ["source", "remove", "nice", "1"]);
    await model(fixture, ["source", "add", "nice", "civitai"], env);
    await model(fixture, ["source", "remove", "nice", "hf:o/copy/style.safetensors"]);
    const listed = await model(fixture, ["source", "list", "nice"]);
    assert.deepEqual(listed.models, [{ key: "nice", name: "nice", sources: ["civitai:10"] }]);

    const own = join(root, "own.safetensors");
    await Deno.writeFile(own, MODEL);
    const linked = await model(fixture, ["add", own, "--folder", "unet"]);
    assert.equal(linked.placing, "linked");
    assert.equal(linked.path, join(models, "diffusion_models", "own.safetensors"));
    const inPlace = await model(fixture, ["add", String(linked.path)]);
    assert.deepEqual([inPlace.action, inPlace.placing], ["kept", "in-place"]);

    const known = await model(fixture, ["add", own]);
    assert.deepEqual([known.key, known.action, known.placing], ["own", "kept", "present"]);

    const removed = await model(fixture, ["remove", "own", "nice", "--file"]);
    assert.deepEqual(removed.removed, ["own", "nice"]);
    assert.equal(await Deno.stat(join(models, "loras", "nice.safetensors")).catch(() => 0), 0);
    assert.equal(await Deno.readTextFile(fixture.environment.manifest), before);
    assert.equal((await fixture.cli(["undo"])).code, 0);
    assert.deepEqual(await Deno.readFile(join(models, "loras", "nice.safetensors")), STYLE);
    assert.ok((await manifestOf(fixture)).models.nice);
  });
});

Deno.test("model add takes a file that is there for that of a source only when the source says so", async () => {
  await using hub = serveHuggingFace([
    { path: "o/r/loras/same.safetensors", bytes: MODEL },
    { path: "o/r/loras/other.safetensors", bytes: OTHER },
  ]);
  await using server = serveFile(() => ({ bytes: OTHER, etag: '"1"' }));
  const env = { HF_ENDPOINT: hub.url };
  await withEnvironment(async (fixture) => {
    const { workspace: { defaultModels }, environment } = fixture;
    await Deno.mkdir(join(defaultModels, "loras"), { recursive: true });
    await Deno.writeFile(join(defaultModels, "loras", "nice.safetensors"), MODEL);
    const as = ["--folder", "loras", "--as", "nice.safetensors"];
    const before = await Deno.readTextFile(environment.manifest);
    for (const source of ["hf:o/r/loras/other.safetensors", `${server.url}/other.safetensors`]) {
      const refused = await fixture.cli(["--json", "model", "add", source, ...as], env);
      assert.deepEqual([refused.code, refused.json?.error?.code], [5, "MODEL_OCCUPIED"]);
      assert.equal(await Deno.readTextFile(environment.manifest), before);
    }
    const added = await model(fixture, ["add", "hf:o/r/loras/same.safetensors", ...as], env);
    assert.deepEqual([added.action, added.placing], ["added", "present"]);
    const again = await model(fixture, ["add", "hf:o/r/loras/same.safetensors", ...as], env);
    assert.equal(again.action, "kept");
  });
});

Deno.test("a model download that is killed goes on where it was", async () => {
  await using server = serveFile((_, count) => ({
    bytes: MODEL,
    etag: '"1"',
    stallAt: count === 0 ? 250_000 : undefined,
  }));
  await withEnvironment(async (fixture) => {
    const { environment, root, workspace, env } = fixture;
    const part = join(workspace.defaultModels, "checkpoints", "base.safetensors.part");
    const entry = `
[tool.comfydock.models.base]
name = "base"
sha256 = "${sha256(MODEL)}"
sources = [{ type = "url", url = "${server.url}/base.safetensors" }]
local_path = "models/checkpoints/base.safetensors"
`;
    await Deno.writeTextFile(
      environment.manifest,
      await Deno.readTextFile(environment.manifest) + entry,
    );
    const argv = ["model", "download", "base"];
    const child = spawnCli(argv, root, { env: { ...env, COMFYDOCK_ENV: "demo" }, cwd: root });
    while ((await Deno.stat(part).catch(() => ({ size: 0 }))).size < 250_000) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill("SIGKILL");
    await child.stdin.close();
    await child.output();
    const data = await model(fixture, ["download", "base"]);
    const [found] = data.models as Record<string, unknown>[];
    assert.deepEqual([found?.outcome, found?.resumed_from], ["fetched", 250_000]);
    const path = join(workspace.defaultModels, "checkpoints", "base.safetensors");
    assert.deepEqual(await Deno.readFile(path), MODEL);
    const left = await Array.fromAsync(Deno.readDir(join(workspace.defaultModels, "checkpoints")));
    assert.deepEqual(left.filter(({ name }) => name.includes(".part")), []);
  });
});
