import assert from "node:assert/strict";
import { join } from "node:path";
import type { AdoptData } from "../../src/cli/adoption/adopt_data.ts";
import { readStatus } from "../../src/environment/mod.ts";
import { locateModels } from "../support/adopted_models.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../support/environment_fixture.ts";
import { digestOfTree, gitOf, makePortable } from "../support/foreign_install.ts";
import { put } from "../support/tracked_workflows.ts";
import { type PackRegistry, runWithPacks, startPackRegistry } from "../support/node_packs.ts";

const PACKS = [{ id: "alpha", version: "1.0.0" }, { id: "beta", version: "1.0.0" }];

Deno.test("a portable install becomes an environment that reproduces it, and is not changed by that", async () => {
  await using registry = startPackRegistry(...PACKS);
  await withEnvironment(async (fixture) => {
    const install = await makePortable(fixture);
    await Deno.writeTextFile(join(install.comfyui, "nodes.py"), "\n# mine\n", { append: true });
    const before = await digestOfTree(install.path);
    const report = await adopt(fixture, registry, install.path, "--dry-run");
    assert.equal(await digestOfTree(install.path), before);
    const { commit, brush, comfyui } = install;
    assert.equal(report.kind, "portable");
    assert.deepEqual(report.comfyui.changed, ["nodes.py"]);
    assert.deepEqual(
      report.nodes.map((
        { directory, origin, version, commit, enabled, certainty },
      ) => [directory, origin?.split("/").at(-1), version ?? commit, enabled, certainty]),
      [
        ["Brush", "brush.src", brush, true, "exact"],
        ["alpha", "alpha", "1.0.0", true, "exact"],
        ["homemade", undefined, null, true, "unknown"],
        ["beta", "beta", "1.0.0", false, "exact"],
      ],
    );
    assert.deepEqual(subjects(report, "unknown"), ["broken-1.0.dist-info", "homemade"]);
    assert.deepEqual(subjects(report, "dropped"), [
      "changes of ComfyUI",
      "extra_model_paths.yaml",
      "from-a-path",
      "input, output, user settings",
    ]);

    const index = "https://torch.test/whl";
    const torch = ["--torch-backend", "cpu", "--torch-index", index];
    const data = await adopt(fixture, registry, install.path, ...torch);
    assert.equal(await digestOfTree(install.path), before);
    assert.deepEqual([data.made?.comfyui_version, data.made?.comfyui_commit], ["v0.2.0", commit]);
    assert.deepEqual(data.made?.nodes, ["alpha", "beta", "brush.src", "homemade"]);
    const message = (subject: string) =>
      data.findings.find((finding) => finding.subject === subject)?.message;
    for (const sure of ["Python", "PyTorch"]) {
      assert.ok(subjects(data, "exact").includes(sure), sure);
    }
    assert.match(message("packaging") ?? "", /^1\.0\.77 does not go with the rest; it becomes \d/);
    assert.match(message("2 packages") ?? "", /nobody-needs-this, torch/);
    const made = environmentLayout(fixture.workspace, "mine");
    assert.deepEqual((await readStatus(fixture.world({ name: "mine" }))).differences, []);
    const manifest = await Deno.readTextFile(made.manifest);
    assert.match(manifest, /comfyui_version = "v0\.2\.0"/);
    assert.ok(manifest.includes(`url = "${index}"`), manifest);
    assert.doesNotMatch(manifest, /constraint-dependencies/);
    assert.match(
      await Deno.readTextFile(made.lockFile),
      new RegExp(`name = "aiohttp"\nversion = "${versionOf(data, "aiohttp")}"`),
    );
    for (const file of ["custom_nodes/single.py", "user/alice/workflows/own.json"]) {
      const [one, other] = [made.comfyui, comfyui].map((root) =>
        Deno.readTextFile(join(root, file))
      );
      assert.equal(await one, await other);
    }
    assert.match(manifest, /"sub\/portrait"\.requires\]\nnodes = \["alpha"\]/);
    assert.equal(data.made?.indexed, 2);
    assert.deepEqual(await locateModels(fixture.workspace), [
      ["checkpoints", join(comfyui, "models", "checkpoints", "base.safetensors")],
      ["loras", join(install.path, "more", "styles.safetensors")],
    ]);
    const list = await Deno.readTextFile(join(made.comfyui, "extra_model_paths.yaml"));
    assert.ok(list.includes(JSON.stringify(join(comfyui, "models", "checkpoints"))), list);
  });
});

Deno.test("packs with changes of their own come as they are, and what cannot be had is told", async () => {
  await using registry = startPackRegistry(...PACKS);
  await withEnvironment(async (fixture) => {
    const { path, comfyui, brush } = await makePortable(fixture);
    const packs = join(comfyui, "custom_nodes");
    await Deno.writeTextFile(join(packs, "Brush", "README.md"), "mine\n");
    await Deno.writeTextFile(join(packs, "alpha", "notes.txt"), "made by the pack\n");
    await put(join(packs, "odd: name.", "__init__.py"), "odd = 1\n");
    const elsewhere = join(packs, "gone");
    await Deno.symlink(join(path, "nowhere"), elsewhere);
    await Deno.writeFile(join(packs, "alpha", "big.bin"), new Uint8Array(2 * 1024 ** 2));
    // Nobody else has this commit.
    const git = gitOf(fixture);
    await git.run("-C", comfyui, "remote", "remove", "origin");
    await git.run("-C", comfyui, "commit", "-q", "--allow-empty", "-m", "mine");
    const commit = await git.run("-C", comfyui, "rev-parse", "HEAD");
    const before = await digestOfTree(path);
    const { code, json } = await run(
      fixture,
      registry,
      path,
      "--torch-backend",
      "none",
      "--no-scan",
    );
    const data = json?.data as AdoptData;
    assert.equal(code, 1);
    assert.equal(await digestOfTree(path), before);
    assert.equal(data.made?.comfyui_commit, commit);
    assert.equal(data.made?.indexed, null);
    const told = new Map(data.findings.map(({ subject, message }) => [subject, message]));
    assert.match(told.get("Brush") ?? "", /^It has local changes \(README\.md\), which .* are$/);
    assert.match(
      told.get("alpha") ?? "",
      /; files that it made come along: notes\.txt; large ones stay behind: big\.bin$/,
    );
    assert.match(told.get("gone") ?? "", /left out$/);
    const { manifest, customNodes } = environmentLayout(fixture.workspace, "mine");
    assert.equal(await Deno.readTextFile(join(customNodes, "Brush", "README.md")), "mine\n");
    const odd = join(customNodes, "odd_ name", "__init__.py");
    assert.equal(await Deno.readTextFile(odd), "odd = 1\n");
    const notes = await Deno.readTextFile(join(customNodes, "alpha", "notes.txt"));
    assert.equal(notes, "made by the pack\n");
    assert.match(await Deno.readTextFile(manifest), new RegExp(`commit = "${brush}"`));
  });
});

async function run(
  fixture: EnvironmentFixture,
  registry: PackRegistry,
  path: string,
  ...words: string[]
) {
  return await runWithPacks(fixture, registry, ["adopt", path, "--name", "mine", ...words]);
}

async function adopt(
  fixture: EnvironmentFixture,
  registry: PackRegistry,
  path: string,
  ...words: string[]
): Promise<AdoptData> {
  const { json, stderr } = await run(fixture, registry, path, ...words);
  assert.ok(json?.ok, `${json?.error?.message} ${stderr}`);
  return json.data as AdoptData;
}

function subjects({ findings }: AdoptData, wanted: string): readonly string[] {
  return findings.filter(({ certainty }) => certainty === wanted).map(({ subject }) => subject);
}

function versionOf({ packages }: AdoptData, wanted: string): string | undefined {
  return packages.find(({ name }) => name === wanted)?.version;
}
