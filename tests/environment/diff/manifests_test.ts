import assert from "node:assert/strict";
import { diffManifests } from "../../../src/environment/mod.ts";
import { type Manifest, readManifest } from "../../../src/pyproject/mod.ts";

const BEFORE = `
[project]
name = "demo"
dependencies = ["numpy>=1.26", "Six"]

[dependency-groups]
pack = ["attrs"]

[tool.uv]
constraint-dependencies = ["urllib3<3"]

[tool.comfydock]
comfyui_version = "v0.1.0"
torch_backend = "cpu"

[tool.comfydock.nodes.pack]
name = "Pack"
source = "registry"
version = "1.0.0"

[tool.comfydock.models.one]
name = "one.safetensors"
criticality = "required"
`;

function read(text: string): Manifest {
  return readManifest(text, "pyproject.toml");
}

Deno.test("diffManifests() tells what differs by meaning, not by line", () => {
  const after = BEFORE.replace('"numpy>=1.26", "Six"', '"idna",\n  "six", # spelling\n  "numpy>=2"')
    .replace('pack = ["attrs"]', 'pack = ["attrs>=20"]\nother = ["idna"]')
    .replace('["urllib3<3"]', "[]")
    .replace('"v0.1.0"', '"v0.2.0"')
    .replace('version = "1.0.0"', 'version = "1.1.0"')
    .replace("models.one", "models.two");
  const diff = diffManifests(read(BEFORE), read(after));
  const change = (name: string, before: string[], after: string[]) => ({ name, before, after });
  assert.deepEqual(diff.dependencies, [
    change("idna", [], ["idna"]),
    change("numpy", ["numpy>=1.26"], ["numpy>=2"]),
    change("six", ["Six"], ["six"]),
  ]);
  assert.deepEqual(diff.constraints, [change("urllib3", ["urllib3<3"], [])]);
  assert.deepEqual(diff.groups, [
    { group: "other", changes: [change("idna", [], ["idna"])] },
    { group: "pack", changes: [change("attrs", ["attrs"], ["attrs>=20"])] },
  ]);
  assert.deepEqual(diff.facts, [{ field: "comfyuiVersion", before: "v0.1.0", after: "v0.2.0" }]);
  assert.deepEqual(diff.nodes, [{
    key: "pack",
    change: "changed",
    fields: [{ field: "version", before: "1.0.0", after: "1.1.0" }],
  }]);
  assert.deepEqual(diff.models.map(({ key, change }) => [key, change]), [
    ["one", "removed"],
    ["two", "added"],
  ]);
});

Deno.test("diffManifests() finds nothing in another form of the same", () => {
  const other = BEFORE.replaceAll(", ", ",\n  ").replace("[tool.uv]", "# a comment\n[tool.uv]");
  assert.notEqual(other, BEFORE);
  for (const changes of Object.values(diffManifests(read(BEFORE), read(other)))) {
    assert.deepEqual(changes, []);
  }
});
