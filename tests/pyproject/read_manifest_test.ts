import assert from "node:assert/strict";
import { ComfydockError, type ErrorKind, isKind } from "../../src/base/mod.ts";
import {
  convertLegacyManifest,
  editManifest,
  MAX_MANIFEST_BYTES,
  pyprojectErrors,
  readManifest,
} from "../../src/pyproject/mod.ts";

const path = ".cec/pyproject.toml";

const seed = `
[project]
name = "my-env"
version = "0.1.0"
requires-python = ">=3.12"
dependencies = []

[dependency-groups]
comfyui-manager = ["gitpython>=3.1", "rich>=12.0"]
all = [{ include-group = "comfyui-manager" }]

[tool.uv]
constraint-dependencies = ["torch==2.4.1"]
environments = "sys_platform == 'linux'"
[[tool.uv.index]]
name = "pytorch"
url = "https://download.example/whl/cu121"
explicit = true

[tool.uv.sources]
torch = { index = "pytorch" }
other = [{ index = "pytorch", marker = "sys_platform == 'linux'" }]

[tool.comfydock]
version = "1.0.0"
comfyui_version = "v0.31.0"
python_version = "3.12"
mystery = 1

[tool.comfydock.nodes.comfyui-manager]
name = "ComfyUI-Manager"
registry_id = "comfyui-manager"
version = "3.0.1"
source = "registry"

[tool.comfydock.models.sd15_base]
name = "SD 1.5 Base"
hash = "blake3:7c4971d1f05847a1b44b61f2f35e4c698a565f83b372cf891a92a44f65f47961"
size = 4265146304
sources = [
    { type = "huggingface", repo = "r/sd", file = "v1-5.safetensors" },
    { type = "civitai", model_id = "6431", version_id = 7425 },
    { type = "url", url = "https://example.com/models/sd15.safetensors" },
    { type = "torrent", magnet = "m" }
]
local_path = "models/checkpoints/sd15_base.safetensors"

[tool.comfydock.workflows.tracked.inline]
file = "workflows/inline.json"
requires = { nodes = ["comfyui-manager"], models = ["sd15_base"], python = ["opencv-python>=4.5"] }

[tool.comfydock.workflows.tracked.below]
file = "workflows/below.json"
[tool.comfydock.workflows.tracked.below.requires]
nodes = ["comfyui-manager"]
`;

Deno.test("readManifest() reads every table of the architecture's example", () => {
  const manifest = readManifest(seed, path);
  assert.equal(manifest.legacy, undefined);
  assert.deepEqual(manifest.groups["all"], [{ includeGroup: "comfyui-manager" }]);
  assert.deepEqual(manifest.uv.environments, ["sys_platform == 'linux'"]);
  assert.equal(manifest.uv.indexes[0]!.explicit, true);
  assert.equal(manifest.uv.sources["torch"]!.length, 1);
  assert.equal(manifest.uv.sources["other"]![0]!.index, "pytorch");
  assert.equal(manifest.environment.comfyuiVersion, "v0.31.0");
  assert.equal(manifest.nodes["comfyui-manager"]!.enabled, true);
  const model = manifest.models["sd15_base"]!;
  assert.equal(model.size, 4265146304);
  assert.equal(model.criticality, "required");
  assert.deepEqual(model.sources.map(({ type }) => type), [
    "huggingface",
    "civitai",
    "url",
    "unknown",
  ]);
  assert.deepEqual(model.sources[1], { type: "civitai", modelId: "6431", versionId: "7425" });
  const { inline, below } = manifest.workflows;
  assert.deepEqual(inline!.requires.python, ["opencv-python>=4.5"]);
  assert.deepEqual(below!.requires, { nodes: ["comfyui-manager"], models: [], python: [] });
});

Deno.test("readManifest() keeps unknown keys, and takes any key", () => {
  const odd =
    `${seed}\n[tool.comfydock.nodes.__proto__]\nname = "p"\n[tool.comfydock.nodes.constructor]\n`;
  const manifest = readManifest(odd, path);
  assert.deepEqual(Object.keys(manifest.nodes), ["comfyui-manager", "__proto__", "constructor"]);
  const { comfydock } = manifest.tables.tool as { comfydock: { mystery: number } };
  assert.equal(comfydock.mystery, 1);
});

const bad: readonly (readonly [string, string])[] = [
  ["[project]\nversion = '1'", "project.name"],
  ["[project]\nname = 1", "project.name"],
  ["project = 1", "project"],
  ["[project]\nname='a'\ndependencies = ['x', 2]", "project.dependencies[1]"],
  ["[project]\nname='a'\n[dependency-groups]\n\"a.b\" = [{x = 1}]", '"a.b"[0].include-group'],
  ["[project]\nname='a'\n[tool.uv]\nindex = [{}]", "tool.uv.index[0].url"],
  ["[project]\nname='a'\n[tool.comfydock.nodes.n]\nsource='usb'", "nodes.n.source"],
  ["[project]\nname='a'\n[tool.comfydock.nodes.n]\nenabled='no'", "nodes.n.enabled"],
  ["[project]\nname='a'\n[tool.comfydock.nodes]\nn = 1979-05-27", "nodes.n"],
  ["[project]\nname='a'\n[tool.comfydock.models.m]\nsize=-1", "models.m.size"],
  ["[project]\nname='a'\n[tool.comfydock.models.m]\nsize=99999999999999999999", "models.m.size"],
  ["[project]\nname='a'\n[tool.comfydock.models.m]\nsources=[{type='url'}]", "sources[0].url"],
  [
    "[project]\nname='a'\n[tool.comfydock.models.m]\nsources=[{type='civitai'}]",
    "sources[0].version_id",
  ],
  ["[project]\nname='a'\n[tool.comfydock.workflows.tracked.w]\nhash='x'", "tracked.w.file"],
  ["[project]\nname='a'\n[tool.comfydock]\ncomfyui_ref_type='tag'", "comfyui_ref_type"],
  ["a = 1\na = 2", "line 2"],
];

for (const [text, field] of bad) {
  Deno.test(`readManifest() names ${field} in what is wrong`, () => {
    const error = thrownBy(text, pyprojectErrors.MANIFEST_INVALID);
    assert.ok(error.message.includes(field), error.message);
    assert.ok(error.message.includes(path), error.message);
    assert.ok(error.hint?.includes(path));
  });
}

function thrownBy(text: string, kind: ErrorKind): ComfydockError {
  try {
    readManifest(text, path);
  } catch (error) {
    if (isKind(error, kind)) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "Nothing was thrown" });
}

Deno.test("readManifest() refuses a newer schema by name, of ours and of the predecessor", () => {
  for (
    const table of [
      "comfydock]\nversion = '1.0.1'",
      "comfydock]\nversion = 2",
      "comfygit]\nschema_version = 3",
    ]
  ) {
    const error = thrownBy(
      `[project]\nname='a'\n[tool.${table}\n`,
      pyprojectErrors.MANIFEST_SCHEMA_NEWER,
    );
    assert.match(error.hint!, /self update/);
  }
  assert.equal(
    readManifest("[project]\nname='a'\n[tool.comfydock]\nversion='0.9'\n", path).schema,
    "0.9",
  );
});

Deno.test("readManifest() refuses a file that is too large", () => {
  thrownBy(`# ${"x".repeat(MAX_MANIFEST_BYTES)}`, pyprojectErrors.MANIFEST_INVALID);
});

const predecessor = `# mine
[project]
name = "comfygit-env-demo"
version = "0.1.0"
requires-python = ">=3.12"
dependencies = ["torch"]

[dependency-groups]
comfyui-impact-pack-0cd1b221 = ["numpy"]

[tool.comfygit]
schema_version = 2
comfyui_version = "v0.3.60"
comfyui_version_type = "release"
comfyui_commit_sha = "${"a".repeat(40)}"
python_version = "3.12"
manifest_state = "local"

[tool.comfygit.nodes.comfyui-impact-pack]
name = "ComfyUI-Impact-Pack"
registry_id = "comfyui-impact-pack"
version = "8.0.0"
source = "registry"
dependency_sources = []

[tool.comfygit.nodes.some-git]
name = "some-git"
repository = "https://example.com/some/git"
version = "${"b".repeat(40)}"
source = "git"

[tool.comfygit.nodes.mine]
name = "mine"
version = "dev"
source = "development"

[tool.comfygit.models]
00d5d06d80acd86a = { filename = "sd.safetensors", size = 12, relative_path = "checkpoints/sd.safetensors", category = "checkpoints", sources = ["https://example.com/sd"] }

[tool.comfygit.workflows.first]
path = "workflows/first.json"
nodes = ["comfyui-impact-pack"]
custom_node_map = { Odd = false }

[[tool.comfygit.workflows.first.models]]
filename = "sd.safetensors"
category = "checkpoints"
criticality = "flexible"
status = "resolved"
nodes = [{ node_id = "1", node_type = "CheckpointLoaderSimple", widget_idx = 0, widget_value = "sd.safetensors" }]
hash = "00d5d06d80acd86a"
`;

Deno.test("readManifest() reads the predecessor's manifest and marks it", () => {
  const manifest = readManifest(predecessor, path);
  assert.equal(manifest.legacy, "comfygit");
  assert.equal(manifest.schema, "2");
  assert.equal(manifest.environment.comfyuiCommit, "a".repeat(40));
  assert.equal(manifest.environment.comfyuiRefType, "release");
  assert.equal(manifest.nodes["comfyui-impact-pack"]!.version, "8.0.0");
  assert.equal(manifest.nodes["some-git"]!.commit, "b".repeat(40));
  assert.equal(manifest.nodes["some-git"]!.version, undefined);
  assert.equal(manifest.nodes["mine"]!.source, "development");
  const model = manifest.models["00d5d06d80acd86a"]!;
  assert.deepEqual([model.name, model.criticality, model.hash], [
    "sd.safetensors",
    "optional",
    undefined,
  ]);
  assert.deepEqual(model.sources, [{ type: "url", url: "https://example.com/sd" }]);
  assert.deepEqual(manifest.workflows["first"]!.requires.models, ["00d5d06d80acd86a"]);
});

Deno.test("readManifest() reads the predecessor's early shape, with the name comfydock and schema 1", () => {
  const text =
    `[project]\nname = "a"\n[tool.comfydock]\nschema_version = 1\ncomfyui_version = "v0.3"
[tool.comfydock.models.required.aa]\nfilename = "a"\nsize = 1
[tool.comfydock.models.optional.bb]\nfilename = "b"\nsize = 1\n`;
  const manifest = readManifest(text, path);
  assert.equal(manifest.legacy, "comfydock");
  assert.deepEqual(
    Object.values(manifest.models).map(({ key, criticality }) => [key, criticality]),
    [["aa", "required"], ["bb", "optional"]],
  );
});

Deno.test("convertLegacyManifest() says the same in our tables and keeps the rest of the file", () => {
  for (const text of [predecessor, predecessor.replaceAll("tool.comfygit", "tool.comfydock")]) {
    const before = readManifest(text, path);
    const converted = convertLegacyManifest(text, before, path);
    const after = readManifest(converted, path);
    assert.equal(after.legacy, undefined);
    for (const part of ["project", "groups", "environment", "nodes", "models"] as const) {
      assert.equal(JSON.stringify(after[part]), JSON.stringify(before[part]), part);
    }
    assert.deepEqual(after.workflows["first"]!.requires, before.workflows["first"]!.requires);
    const kept = text.slice(0, text.indexOf("[tool."));
    assert.equal(converted.slice(0, kept.length), kept);
    assert.equal(convertLegacyManifest(converted, after, path), converted);
    assert.equal(editManifest(converted, [], path), converted);
  }
});
