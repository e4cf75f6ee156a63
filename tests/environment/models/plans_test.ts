import assert from "node:assert/strict";
import { ComfydockError } from "../../../src/base/mod.ts";
import {
  chooseModels,
  findEntry,
  newKey,
  type NewModel,
  planAdd,
  planDownload,
  planRemove,
  planSourceAdd,
  planSourceRemove,
} from "../../../src/environment/models/mod.ts";
import { type ManifestModel, type ModelSource, readManifest } from "../../../src/pyproject/mod.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);
const TEXT = `[project]
name = "demo"
dependencies = []

[tool.comfydock]
version = "1.0.0"

[tool.comfydock.models.base] # mine
name = "Base model"
hash = "blake3:${A}"
size = 10
sources = [{ type = "civitai", version_id = "1" }]
local_path = "models/checkpoints/base.safetensors"
future = "kept"

[tool.comfydock.models.style]
name = "style"
sources = []
local_path = "loras/style.safetensors"
criticality = "optional"
`;

function stateOf(manifestText = TEXT) {
  return { manifestText, manifest: readManifest(manifestText, "pyproject.toml") };
}

const ADDED: NewModel = {
  name: "new one.safetensors",
  path: "vae/new one.safetensors",
  size: 5,
  digests: { blake3: B },
  source: { type: "url", url: "https://example.com/new" },
  optional: true,
  meta: { base: "SDXL" },
};

function modelsOf(text: string): Readonly<Record<string, ManifestModel>> {
  return readManifest(text, "pyproject.toml").models;
}

Deno.test("planAdd() adds an entry, and changes nothing else of the text", () => {
  const decision = planAdd(stateOf(), ADDED, "pyproject.toml");
  assert.deepEqual([decision.action, decision.key, decision.message], [
    "added",
    "new-one",
    "Add model new-one",
  ]);
  assert.ok(decision.manifestText.startsWith(TEXT));
  assert.deepEqual(modelsOf(decision.manifestText)["new-one"], {
    key: "new-one",
    name: "new one.safetensors",
    hash: `blake3:${B}`,
    sha256: undefined,
    size: 5,
    sources: [{ type: "url", url: "https://example.com/new" }],
    localPath: "models/vae/new one.safetensors",
    criticality: "optional",
    meta: { base: "SDXL" },
  });
  const again = planAdd(stateOf(decision.manifestText), ADDED, "pyproject.toml");
  assert.equal(again.action, "kept");
  assert.equal(again.manifestText, decision.manifestText);
});

Deno.test("planAdd() brings the entry of the same file up to date, its name and comments stay", () => {
  const same = { ...ADDED, digests: { blake3: A }, path: "checkpoints/base.safetensors", size: 10 };
  const { action, key, manifestText } = planAdd(stateOf(), same, "pyproject.toml");
  assert.deepEqual([action, key], ["updated", "base"]);
  const { base } = modelsOf(manifestText);
  assert.deepEqual([base?.name, base?.sources.length, base?.criticality], [
    "Base model",
    2,
    "required",
  ]);
  assert.match(manifestText, /models\.base\] # mine/);
  assert.match(manifestText, /future = "kept"/);
});

Deno.test("planAdd() takes a file that was replaced at the same path for a new version of it", () => {
  const other = { ...ADDED, path: "checkpoints/base.safetensors" };
  const { base } = modelsOf(planAdd(stateOf(), other, "pyproject.toml").manifestText);
  assert.deepEqual([base?.hash, base?.size], [`blake3:${B}`, 5]);
});

Deno.test("planAdd() keeps an entry of its own for the same file at another path", () => {
  const elsewhere = { ...ADDED, digests: { blake3: A } };
  const { action, manifestText } = planAdd(stateOf(), elsewhere, "pyproject.toml");
  assert.equal(action, "added");
  assert.equal(modelsOf(manifestText).base?.localPath, "models/checkpoints/base.safetensors");
});

Deno.test("newKey() makes keys that no other model has", () => {
  assert.equal(newKey([], "SD XL (v1.0).safetensors"), "sd-xl-v1-0");
  assert.equal(newKey(["a", "a-2"], "A.pt"), "a-3");
  assert.equal(newKey([], "模型.pt"), "model");
});

Deno.test("findEntry() knows a model by key, name, file name, path and digest", () => {
  const { manifest } = stateOf();
  for (
    const wanted of [
      "base",
      "Base model",
      "base.safetensors",
      "checkpoints/base.safetensors",
      A.slice(0, 8),
      "BASE",
    ]
  ) {
    assert.equal(findEntry(manifest, wanted).key, "base", wanted);
  }
  assert.throws(
    () => findEntry(manifest, "bas"),
    (error) =>
      error instanceof ComfydockError && error.code === "MODEL_NOT_LISTED" &&
      /"base"/.test(error.hint ?? ""),
  );
});

Deno.test("planDownload() fetches what is required, with --all the rest, and nothing that is there", () => {
  const { manifest } = stateOf();
  const keys = (names: readonly string[], all: boolean) =>
    chooseModels(manifest, { names, all }).map(({ key }) => key);
  assert.deepEqual(keys([], false), ["base"]);
  assert.deepEqual(keys([], true), ["base", "style"]);
  assert.deepEqual(keys(["style", "style"], false), ["style"]);
  const all = chooseModels(manifest, { names: [], all: true });
  const odd = { ...all[0]!, key: "odd", localPath: "../out.pt" };
  const plan = planDownload([...all, odd], "/m", new Map([["style", 3]]));
  assert.deepEqual(plan.missing.map(({ key, digests }) => [key, digests]), [["base", {
    blake3: A,
  }]]);
  assert.deepEqual(plan.present.map(({ key }) => key), ["style"]);
  assert.deepEqual(plan.placeless.map(({ key }) => key), ["odd"]);
  const wrongSize = planDownload(all, "/m", new Map([["base", 11]]));
  assert.deepEqual(wrongSize.missing.map(({ key }) => key), ["base", "style"]);
});

const REMOVE = { models: "/m", path: "pyproject.toml", own: "demo" };

Deno.test("planRemove() lets a file go only when no other environment may need it", () => {
  const request = { names: ["base"], file: true };
  const alone = planRemove(stateOf(), request, { ...REMOVE, others: [] });
  assert.deepEqual(alone.trash.length, 1);
  assert.equal(modelsOf(alone.manifestText).base, undefined);
  const { manifest } = stateOf(TEXT.replace("models/checkpoints/base", "checkpoints/BASE"));
  for (const other of [{ environment: "two", manifest }, { environment: "two" }]) {
    const shared = planRemove(stateOf(), request, { ...REMOVE, others: [other] });
    assert.deepEqual(shared.trash, []);
    assert.deepEqual(shared.kept.map(({ neededBy }) => neededBy), [["two"]]);
  }
  const kept = planRemove(stateOf(), { ...request, file: false }, { ...REMOVE, others: [] });
  assert.deepEqual(kept.trash, []);
});

Deno.test("sources are added once, in order, and taken by number or as they are listed", () => {
  const source: ModelSource = { type: "huggingface", repo: "o/r", file: "a.pt" };
  const added = planSourceAdd(stateOf(), { name: "base", source }, "pyproject.toml");
  assert.equal(added.sources.length, 2);
  const state = stateOf(added.manifestText);
  const again = planSourceAdd(state, { name: "base", source }, "pyproject.toml");
  assert.equal(again.manifestText, added.manifestText);
  for (const label of ["1", "civitai:1"]) {
    const { sources } = planSourceRemove(state, { name: "base", label }, "pyproject.toml");
    assert.deepEqual(sources.map(({ type }) => type), ["huggingface"]);
  }
  assert.throws(
    () => planSourceRemove(state, { name: "base", label: "3" }, "pyproject.toml"),
    /Cannot find the source "3"/,
  );
});
