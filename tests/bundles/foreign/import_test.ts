import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstalled, readStatus } from "../../../src/environment/mod.ts";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { environmentLayout } from "../../../src/workspace/mod.ts";
import type { ImportData } from "../../../src/cli/bundles/import_data.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { gitOf, makeRepository } from "../../support/foreign_install.ts";
import {
  packFiles,
  type PackRegistry,
  runWithPacks,
  startPackRegistry,
} from "../../support/node_packs.ts";
import { put } from "../../support/tracked_workflows.ts";

const ALPHA = { id: "alpha", version: "1.0.0", requirements: ["packaging"] };

Deno.test("a snapshot of ComfyUI-Manager in YAML becomes an environment with its commits and versions", async () => {
  await using registry = startPackRegistry(ALPHA, { id: "alpha", version: "2.0.0" });
  await withEnvironment(async (fixture) => {
    const { root, environment, source } = fixture;
    const git = gitOf(fixture);
    const brush = await makeRepository(
      git,
      join(root, "brush"),
      packFiles({ id: "brush", version: "1" }),
    );
    const head = await git.run("-C", source, "rev-parse", "HEAD~1");
    const aiohttp = (await readInstalled(environment.venv))?.aiohttp;
    const file = join(root, "2026-01-02_mine.yaml");
    await put(
      file,
      [
        "custom_nodes:",
        "  cnr_custom_nodes:",
        "    alpha: 1.0.0",
        "    nowhere-to-be-found: 1.2.3",
        `  comfyui: ${head}`,
        "  file_custom_nodes:",
        "  - disabled: false",
        "    filename: single.py",
        "  git_custom_nodes:",
        `    file://${join(root, "brush")}:`,
        "      disabled: true",
        `      hash: ${brush}`,
        "  pips:",
        `    aiohttp==${aiohttp}: ''`,
        "    unneeded==1.0: ''",
        "    elsewhere: file:///somewhere",
        "    torch==2.5.1+cpu: ''",
        "",
      ].join("\n"),
    );
    const index = "https://torch.test/whl";
    const python = (await Deno.readTextFile(environment.pythonVersion)).trim();
    const torch = ["--torch-backend", "cu128", "--torch-index", index];
    const words = ["--name", "restored", "--python", python, ...torch];
    const { plan, made } = await importFile(fixture, registry, file, ...words);
    assert.equal(made?.comfyui_commit, head);
    const layout = environmentLayout(fixture.workspace, "restored");
    const text = await Deno.readTextFile(layout.manifest);
    const { environment: { torchBackend }, nodes } = readManifest(text, "pyproject.toml");
    assert.equal(torchBackend, "cu128");
    assert.ok(text.includes(`url = "${index}"`), text);
    assert.deepEqual(
      Object.values(nodes).map((
        { id, version, commit, enabled },
      ) => [id, version ?? commit, enabled]),
      [["alpha", "1.0.0", true], ["brush", brush, false]],
    );
    assert.equal((await readInstalled(layout.venv))?.aiohttp, aiohttp);
    assert.deepEqual((await readStatus(fixture.world({ name: "restored" }))).differences, []);
    const told = new Map(plan.findings.map(({ subject, certainty }) => [subject, certainty]));
    for (const sure of ["ComfyUI", "Python", "PyTorch"]) {
      assert.equal(told.get(sure), "exact", sure);
    }
    assert.equal(told.get("nowhere-to-be-found"), "unknown");
    assert.equal(told.get("single.py"), "dropped");
    assert.equal(told.get("elsewhere"), "dropped");
    assert.equal(told.get("models and workflows"), "unknown");
  });
});

Deno.test("an environment of comfygit is imported from its bundle and from its workspace, with what people decided", async () => {
  await using registry = startPackRegistry(ALPHA);
  await withEnvironment(async (fixture) => {
    const { root, source } = fixture;
    const git = gitOf(fixture);
    const head = await git.run("-C", source, "rev-parse", "HEAD");
    const python = (await Deno.readTextFile(fixture.environment.pythonVersion)).trim();
    const there = join(root, "comfygit");
    const environment = join(there, "environments", "portraits");
    await put(
      join(there, ".metadata", "workspace.json"),
      '{"version": 1, "active_environment": "portraits"}',
    );
    await put(join(environment, ".cec", "pyproject.toml"), comfygitManifest(head, python));
    await put(join(environment, ".cec", "workflows", "face.json"), '{"nodes": [], "links": []}');
    await put(join(environment, ".cec", ".python-version"), `${python}\n`);
    await put(join(environment, "ComfyUI", "custom_nodes", "mine", "__init__.py"), "mine = 1\n");
    const bundle = join(root, "portraits.tar.gz");
    await git.run("-C", join(environment, ".cec"), "init", "-q");
    await git.run("-C", join(environment, ".cec"), "add", ".");
    await git.run("-C", join(environment, ".cec"), "commit", "-qm", "all");
    await git.run(
      "-C",
      join(environment, ".cec"),
      "archive",
      "--format=tar.gz",
      "-o",
      bundle,
      "HEAD",
    );

    const words = ["import", bundle, "--strict", "--comfyui-source", source];
    const strict = await runWithPacks(fixture, registry, words);
    assert.equal(strict.json?.error?.code, "BUNDLE_INEXACT");
    // Only the workspace has the files of what was in development.
    assert.match(JSON.stringify(strict.json?.error?.details), /mine: It was in development/);

    const { made, plan } = await importFile(fixture, registry, there, "--name", "whole");
    assert.equal(made?.comfyui_commit, head);
    const layout = environmentLayout(fixture.workspace, "whole");
    const text = await Deno.readTextFile(layout.manifest);
    const manifest = readManifest(text, "pyproject.toml");
    assert.equal(manifest.legacy, undefined);
    assert.deepEqual(manifest.workflows.face?.file, "workflows/face.json");
    assert.deepEqual(manifest.uv.constraints, ["aiohttp<5"]);
    assert.match(text, /\[tool\.comfydock\.resolution\.nodes\]\n"My Class" = "alpha"/);
    const [model] = Object.values(manifest.models);
    const url = "https://models.test/face.safetensors";
    assert.equal(model?.localPath, "loras/face.safetensors");
    assert.deepEqual(model?.sources, [{ type: "url", url }]);
    assert.deepEqual(Object.keys(manifest.nodes).sort(), ["alpha", "mine"]);
    assert.equal(plan.findings.find(({ subject }) => subject === "mine")?.part, "nodes");
    const copy = join(layout.comfyui, "user", "default", "workflows", "face.json");
    assert.equal(await Deno.readTextFile(copy), '{"nodes": [], "links": []}');
  });
});

function comfygitManifest(commit: string, python: string): string {
  return `[project]
name = "comfygit-env-portraits"
version = "0.1.0"
requires-python = ">=${python}"
dependencies = ["aiohttp>=3.11.8"]

[dependency-groups]
alpha-0cd1b221 = ["packaging"]

[tool.uv]
constraint-dependencies = ["aiohttp<5"]

[tool.comfygit]
schema_version = 2
comfyui_version = "v0.2.0"
comfyui_version_type = "release"
comfyui_commit_sha = "${commit}"
python_version = "${python}"

[tool.comfygit.nodes.alpha]
name = "Alpha"
registry_id = "alpha"
version = "1.0.0"
source = "registry"

[tool.comfygit.nodes.mine]
name = "mine"
version = "dev"
source = "development"

[tool.comfygit.workflows.face]
path = "workflows/face.json"
nodes = ["alpha"]
custom_node_map = { "My Class" = "alpha" }

[tool.comfygit.models]
"aabbccddeeff0011" = { filename = "face.safetensors", size = 12, relative_path = "loras\\\\face.safetensors", category = "loras", sources = ["https://models.test/face.safetensors"] }
`;
}

async function importFile(
  fixture: EnvironmentFixture,
  registry: PackRegistry,
  from: string,
  ...words: string[]
): Promise<ImportData> {
  const argv = ["import", from, "--comfyui-source", fixture.source, ...words];
  const { json, stderr } = await runWithPacks(fixture, registry, argv);
  assert.ok(json?.ok, `${json?.error?.message} ${stderr}`);
  return json.data as ImportData;
}
