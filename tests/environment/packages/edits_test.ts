import assert from "node:assert/strict";
import { join } from "node:path";
import { ComfydockError } from "../../../src/base/mod.ts";
import {
  listPackages,
  planRequirements,
  readRequirementFile,
  type RequirementRequest,
} from "../../../src/environment/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { withTempDir } from "../../support/alone.ts";

const path = "pyproject.toml";
const manifestText = `[project]
name = "demo" # mine
dependencies = ["aiohttp>=3.11.8", "numpy>=1.25"]

[dependency-groups]
tools = ["black"]
impact-pack = ["opencv-python>=4"]

[tool.uv]
constraint-dependencies = ["numpy<3"]

[tool.comfydock]
version = "1.0.0"

[tool.comfydock.nodes.impact-pack]
name = "Impact Pack"
source = "registry"
`;
const manifest = readManifest(manifestText, path);
const plan = (request: RequirementRequest) =>
  planRequirements({ manifest, manifestText }, request, path);
const project = { kind: "project" } as const;
const constraints = { kind: "constraints" } as const;
const group = (name: string) => ({ kind: "group", group: name }) as const;

Deno.test("planRequirements() adds beside, or in the place of a requirement for the same package", () => {
  const { manifestText: text, changes } = plan({ place: project, add: ["NumPy>=2", "pillow"] });
  assert.equal(
    text,
    manifestText.replace('"numpy>=1.25"]', '"NumPy>=2", "pillow"]'),
  );
  assert.deepEqual(changes, [
    { name: "numpy", before: ["numpy>=1.25"], after: ["NumPy>=2"] },
    { name: "pillow", before: [], after: ["pillow"] },
  ]);
});

Deno.test("planRequirements() keeps to its place: the project, a group, the constraints", () => {
  const cases: readonly (readonly [RequirementRequest, string, string])[] = [
    [{ place: group("tools"), add: ["ruff"] }, '["black"]', '["black", "ruff"]'],
    [{ place: group("tools"), remove: ["Black"] }, 'tools = ["black"]\n', ""],
    [{ place: constraints, add: ["numpy<2"] }, '["numpy<3"]', '["numpy<2"]'],
    [{ place: project, remove: ["numpy"] }, ', "numpy>=1.25"', ""],
  ];
  for (const [request, before, after] of cases) {
    assert.equal(plan(request).manifestText, manifestText.replace(before, after));
  }
  const none = plan({ place: project, add: ["numpy>=1.25"] });
  assert.deepEqual([none.manifestText, none.changes], [manifestText, []]);
});

Deno.test("planRequirements() keeps the versions of a package that is only named again", () => {
  const { manifestText: text, changes } = plan({ place: project, add: ["NumPy", "pillow"] });
  assert.equal(text, manifestText.replace('"numpy>=1.25"]', '"numpy>=1.25", "pillow"]'));
  assert.deepEqual(changes.map(({ name }) => name), ["pillow"]);
});

Deno.test("planRequirements() tells which requirements of ComfyUI go, and gives back what a removed one replaced", () => {
  const comfyui = ["aiohttp>=3.11.8", "numpy>=1.24"];
  const gone = plan({ place: project, remove: ["aiohttp"], comfyui });
  assert.deepEqual([gone.dropped, gone.changes[0]?.after], [["aiohttp>=3.11.8"], []]);
  const loosened = plan({ place: project, add: ["aiohttp<3"], comfyui });
  assert.deepEqual(loosened.dropped, ["aiohttp>=3.11.8"]);
  for (const [requirement, dropped] of [["aiohttp>=3.12,<4", 0], ["aiohttp==3.11.*", 1]] as const) {
    assert.equal(plan({ place: project, add: [requirement], comfyui }).dropped.length, dropped);
  }
  const back = plan({ place: project, remove: ["numpy"], comfyui });
  assert.deepEqual([back.dropped, back.changes], [[], [
    { name: "numpy", before: ["numpy>=1.25"], after: ["numpy>=1.24"] },
  ]]);
});

Deno.test("planRequirements() refuses what cannot be meant, and says where the package is asked for", () => {
  const cases: readonly (readonly [RequirementRequest, string, RegExp])[] = [
    [{ place: project, remove: ["opencv-python"] }, "REQUIREMENT_NOT_FOUND", /node remove impact/],
    [{ place: project, remove: ["black"] }, "REQUIREMENT_NOT_FOUND", /--group tools/],
    [{ place: group("tools"), remove: ["numpy"] }, "REQUIREMENT_NOT_FOUND", /leave out --group/],
    [{ place: project, remove: ["absent"] }, "REQUIREMENT_NOT_FOUND", /py list --all/],
    [{ place: constraints, remove: ["black"] }, "REQUIREMENT_NOT_FOUND", /constraint list/],
    [{ place: group("Impact_Pack"), add: ["rich"] }, "GROUP_OWNED", /constraint add/],
    [{ place: group("torch-backend"), add: ["rich"] }, "GROUP_OWNED", /torch set/],
    [{ place: project, add: ["rich", "no name"] }, "REQUIREMENT_INVALID", /Write it like/],
    [{ place: project, add: ["./a.whl"] }, "REQUIREMENT_INVALID", /Write it like/],
    [{ place: project, add: ["a @ https://me:word@host/a.whl"] }, "REQUIREMENT_INVALID", /netrc/],
  ];
  for (const [request, code, hint] of cases) {
    assert.throws(() => plan(request), (error) => {
      assert.ok(error instanceof ComfydockError);
      assert.equal(error.code, code);
      assert.match(error.hint ?? "", hint);
      return true;
    });
  }
});

Deno.test("listPackages() tells who asks, what is locked and what is installed", () => {
  const facts = {
    manifest,
    locked: new Map([["numpy", ["2.1", "2.2"]], ["yarl", ["1.0"]]]),
    installed: { numpy: "2.2", left: "0.1" },
    comfyui: ["aiohttp>=3.11.8"],
  };
  const asked = listPackages(facts);
  assert.deepEqual(asked.map(({ name, declared }) => [name, declared.map((one) => one.owner)]), [
    ["aiohttp", ["comfyui"]],
    ["black", ["environment"]],
    ["numpy", ["environment"]],
    ["opencv-python", ["node:impact-pack"]],
  ]);
  assert.deepEqual(asked[2], {
    name: "numpy",
    declared: [{ requirement: "numpy>=1.25", owner: "environment" }],
    constraints: ["numpy<3"],
    locked: ["2.1", "2.2"],
    installed: "2.2",
  });
  const all = listPackages(facts, { all: true }).map(({ name }) => name);
  assert.deepEqual(all, ["aiohttp", "black", "left", "numpy", "opencv-python", "yarl"]);
});

Deno.test("readRequirementFile() takes over a file of pip's, and stops at what it cannot", async () => {
  await withTempDir(async (directory) => {
    const file = join(directory, "requirements.txt");
    await Deno.writeTextFile(file, "\ufeff# a\r\nnumpy>=1.26 # b\r\n\r\npillow \\\n >=10\n");
    assert.deepEqual(await readRequirementFile(file), ["numpy>=1.26", "pillow  >=10"]);
    await Deno.writeTextFile(file, "numpy\n--extra-index-url https://example.com/simple\n");
    await assert.rejects(readRequirementFile(file), (error) => {
      assert.ok(error instanceof ComfydockError);
      assert.match(error.message, /line 2 .*--extra-index-url.*option of pip/);
      return true;
    });
    await assert.rejects(readRequirementFile(join(directory, "absent")), {
      code: "FILE_NOT_FOUND",
    });
  });
});
