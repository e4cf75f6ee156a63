import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addConstraint,
  addDependency,
  addToGroup,
  editManifest,
  type ManifestEdit,
  type ManifestNode,
  newManifest,
  nodeGroupName,
  readManifest,
  removeConstraint,
  removeDependency,
  removeFromGroup,
  removeGroup,
  removeModel,
  removeNode,
  setDependencies,
  setGroup,
  setModel,
  setNode,
  setTrackedWorkflow,
  untrackWorkflow,
} from "../../src/pyproject/mod.ts";
import { ComfydockError } from "../../src/base/mod.ts";

const path = "pyproject.toml";
const edit = (text: string, ...edits: ManifestEdit[]) => editManifest(text, edits, path);

const fresh = newManifest({
  name: "my env",
  requiresPython: ">=3.12",
  dependencies: ["torch", "numpy>=1.25"],
  environment: {
    comfyuiVersion: "v0.3.1",
    comfyuiRefType: "release",
    comfyuiCommit: "a".repeat(40),
  },
});

const lived = `# Kept by hand
[project]
name = "lived" # in
requires-python = ">=3.11"
dependencies = [
    "torch", # the heart
]

[dependency-groups]
# of the manager
comfyui-manager = ["gitpython>=3.1"]
Old_Group = [{ include-group = "comfyui-manager" }, "rich"]

[tool.other]
keep = { me = true }

[tool.comfydock]
version = "1.0.0"
unknown = "kept"

[tool.comfydock.nodes.comfyui-manager]
name = "ComfyUI-Manager"
version = "3.0.1"
note = "mine"
source = "registry"

# the workflows
[tool.comfydock.workflows.tracked.one]
file = "workflows/one.json"
requires = { nodes = ["comfyui-manager"] }
`;

Deno.test("newManifest() gives a manifest that reads back, without empty tables", () => {
  const manifest = readManifest(fresh, path);
  assert.equal(manifest.project.name, "my-env");
  assert.deepEqual(manifest.project.dependencies, ["torch", "numpy>=1.25"]);
  assert.equal(manifest.environment.comfyuiCommit, "a".repeat(40));
  assert.equal(manifest.schema, "1.0.0");
  assert.match(fresh, /default-groups = "all"/);
});

Deno.test("adding a node with its group gives only new lines, and takes nothing else along", () => {
  for (const text of [fresh, lived, lived.replaceAll("\n", "\r\n")]) {
    const id = "efficiency-nodes";
    const node = {
      id,
      name: "Efficiency",
      source: "registry",
      version: "1.0.0",
      enabled: true,
    } as const;
    const edited = edit(text, setNode(node), setGroup(nodeGroupName(id), ["opencv-python>=4.5"]));
    const rest = edited.split("\n");
    for (const line of text.split("\n")) rest.splice(rest.indexOf(line), 1);
    const added = rest.map((line) => line.trim()).filter((line) => line !== "");
    const header = text === fresh ? ["[dependency-groups]"] : [];
    assert.deepEqual(added, [
      ...header,
      'efficiency-nodes = ["opencv-python>=4.5"]',
      "[tool.comfydock.nodes.efficiency-nodes]",
      'name = "Efficiency"',
      'version = "1.0.0"',
      'source = "registry"',
    ]);
    assert.equal(edit(edited, removeNode(id), removeGroup(nodeGroupName(id))), text);
  }
});

Deno.test("adding and then removing gives back the same bytes, whatever the ids are", () => {
  const ids = fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" })
    .filter((id) => id.isWellFormed() && id !== "comfyui-manager" && id !== "one");
  fc.assert(
    fc.property(ids, fc.constantFrom(fresh, lived), (id, text) => {
      const group = nodeGroupName(id);
      const pairs: readonly (readonly [ManifestEdit, ManifestEdit])[] = [
        [setNode({ id, name: id, source: "git", enabled: false }), removeNode(id)],
        [setGroup(group, ["a>=1", { includeGroup: "b" }]), removeGroup(group)],
        [
          setModel({
            key: id,
            name: id,
            size: 1,
            sources: [{ type: "url", url: "https://example.com/a" }, {
              type: "civitai",
              versionId: "2",
            }],
            criticality: "optional",
          }),
          removeModel(id),
        ],
        [
          setTrackedWorkflow({
            key: id,
            file: "workflows/a.json",
            requires: { nodes: [id], models: [], python: [] },
          }),
          untrackWorkflow(id),
        ],
        [addDependency("added-one>2"), removeDependency("Added_One")],
        [addConstraint("numpy<2"), removeConstraint("numpy")],
        [addToGroup("extra-tools", "black>=24"), removeFromGroup("extra-tools", "Black")],
      ];
      const full = edit(text, ...pairs.map(([add]) => add));
      const manifest = readManifest(full, path);
      assert.equal(manifest.nodes[id]!.enabled, false);
      assert.equal(manifest.models[id]!.sources.length, 2);
      assert.deepEqual(manifest.workflows[id]!.requires.nodes, [id]);
      assert.equal(edit(full, ...pairs.map(([, remove]) => remove)), text);
      for (const [add, remove] of pairs) assert.equal(edit(edit(text, add), remove), text);
    }),
    { numRuns: 40 },
  );
});

Deno.test("setNode() writes all that a node says, and readManifest() reads it so", () => {
  const id = "impact-pack";
  const node: ManifestNode = {
    id,
    name: "Impact Pack",
    source: "git",
    registryId: id,
    version: "8.1.0",
    repository: "https://example.org/u/impact-pack",
    commit: "c".repeat(40),
    ref: "main",
    subdirectory: "packs/impact",
    downloadUrl: "https://example.org/impact-pack.zip",
    sha256: "a".repeat(64),
    treeSha256: "b".repeat(64),
    enabled: false,
    directory: "impact-pack",
    runScripts: ["install.py"],
    disabledRequirements: ["numpy>=1.26"],
  };
  assert.deepEqual(readManifest(edit(lived, setNode(node)), "m").nodes[id], node);
});

Deno.test("setNode() keeps fields that it does not know and drops those that are gone", () => {
  const id = "comfyui-manager";
  const edited = edit(
    lived,
    setNode({ id, name: "M", source: "git", commit: "c".repeat(40), enabled: true }),
  );
  const node = edited.slice(
    edited.indexOf("[tool.comfydock.nodes"),
    edited.indexOf("# the workflows"),
  );
  assert.equal(
    node,
    `[tool.comfydock.nodes.comfyui-manager]\nname = "M"\nnote = "mine"\nsource = "git"\ncommit = "${
      "c".repeat(40)
    }"\n\n`,
  );
});

Deno.test("requirements are one when name and marker are, in any spelling", () => {
  let text = edit(lived, addDependency("Typing.Extensions>=4"));
  text = edit(text, addDependency("typing_extensions>=5"));
  text = edit(text, addDependency("typing-extensions<9; python_version < '3.12'"));
  assert.deepEqual(readManifest(text, path).project.dependencies, [
    "torch",
    "typing_extensions>=5",
    "typing-extensions<9; python_version < '3.12'",
  ]);
  assert.equal(edit(text, removeDependency("TYPING--extensions")), lived);
  assert.equal(edit(lived, removeDependency("absent")), lived);
});

Deno.test("addToGroup() and removeFromGroup() leave the rest of a group and its spelling alone", () => {
  const added = edit(lived, addToGroup("old-group", "rich>=13"), addToGroup("OLD_GROUP", "black"));
  assert.deepEqual(readManifest(added, path).groups["Old_Group"], [
    ...readManifest(lived, path).groups["Old_Group"]!.filter((item) => item !== "rich"),
    "rich>=13",
    "black",
  ]);
  const removed = edit(added, removeFromGroup("old.group", "RICH"));
  assert.ok(!readManifest(removed, path).groups["Old_Group"]!.includes("rich>=13"));
  assert.equal(edit(lived, removeFromGroup("old-group", "absent")), lived);
});

Deno.test("removeGroup() finds a group in any spelling, and takes it out of the groups that include it", () => {
  const edited = edit(lived, removeGroup("ComfyUI_Manager"));
  assert.deepEqual(Object.entries(readManifest(edited, path).groups), [["Old_Group", ["rich"]]]);
  assert.match(edit(lived, setGroup("old-group", ["rich>1"])), /^Old_Group = \["rich>1"\]$/m);
});

Deno.test("nodeGroupName() gives each node a valid group of its own", () => {
  assert.equal(nodeGroupName("comfyui-manager"), "comfyui-manager");
  assert.match(nodeGroupName("ComfyUI_Manager"), /^comfyui-manager-[0-9a-f]{8}$/);
  const ids = [
    "a",
    "A",
    "a_",
    "a.b",
    "a-b",
    "a b",
    "dev",
    "Dev",
    "torch-backend",
    "日本",
    "本日",
    "",
    "-",
  ];
  const tricky = nodeGroupName("A");
  const names = [...ids, tricky].map(nodeGroupName);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  assert.ok(!names.includes("dev") && !names.includes("torch-backend"));
});

Deno.test("a requirement that is none is refused before anything is edited", () => {
  for (const make of [addDependency, addConstraint, (text: string) => setDependencies([text])]) {
    assert.throws(() => make("not a requirement"), ComfydockError);
  }
});

Deno.test("an edit of a manifest of 500 lines takes at most 20 ms", () => {
  const nodes = Array.from(
    { length: 75 },
    (_, at) =>
      setNode({
        id: `node-${at}`,
        name: `Node ${at}`,
        source: "registry",
        version: "1.0.0",
        enabled: true,
      }),
  );
  const groups = Array.from(
    { length: 75 },
    (_, at) => setGroup(`node-${at}`, ["numpy>=1", "rich"]),
  );
  const text = edit(lived, ...nodes, ...groups);
  assert.ok(text.split("\n").length > 480);
  const times = Array.from({ length: 15 }, () => {
    const start = performance.now();
    edit(text, setNode({ id: "x", name: "X", source: "git", enabled: true }), setGroup("x", ["a"]));
    return performance.now() - start;
  });
  // Far above what it takes, so that a busy machine does not turn this red.
  assert.ok(Math.min(...times) <= 200, `the fastest of 15 took ${Math.min(...times)} ms`);
});
