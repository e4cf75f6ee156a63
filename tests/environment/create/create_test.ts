import assert from "node:assert/strict";
import { join } from "node:path";
import { readManifest } from "../../../src/pyproject/mod.ts";
import { environmentLayout, listEnvironments } from "../../../src/workspace/mod.ts";
import { withEmptyWorkspace, withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

Deno.test("create makes ComfyUI, packages, history and links, and records what they are", async () => {
  await withEnvironment(async ({ environment, workspace, world, source }) => {
    const { git } = world();
    const text = await Deno.readTextFile(environment.manifest);
    const { environment: facts, project } = readManifest(text, "pyproject.toml");
    assert.equal(facts.comfyuiVersion, "v0.2.0");
    assert.equal(facts.comfyuiRefType, "release");
    assert.equal(facts.comfyuiCommit, await git.resolve(source, "v0.2.0"));
    assert.equal(facts.comfyuiCommit, await git.resolve(environment.comfyui, "HEAD"));
    assert.equal(facts.torchBackend, "none");
    assert.deepEqual(project.dependencies, ["aiohttp>=3.11.8", "packaging>=23.0"]);
    assert.equal(await Deno.readTextFile(environment.pythonVersion), `${facts.pythonVersion}\n`);
    const history = await git.log(environment.cec);
    assert.deepEqual(history.map(({ subject }) => subject), ["Create environment demo"]);
    assert.deepEqual((await git.status(environment.cec)).entries, []);
    for (const path of [".venv", "model.safetensors", ".env", "x.tmp"]) {
      await Deno.writeTextFile(join(environment.cec, path), "");
    }
    assert.deepEqual((await git.status(environment.cec)).entries, []);
    // What came with ComfyUI's folders is in those of the workspace.
    const placeholder = join(workspace.defaultModels, "checkpoints", "put_checkpoints_here");
    assert.ok(await Deno.stat(placeholder));
  });
});

Deno.test("a .venv can be moved: its programs find their Python beside them", async () => {
  await withEnvironment(async ({ environment, root }) => {
    const moved = join(root, "elsewhere");
    await Deno.rename(environment.root, moved);
    const python = join(moved, ".venv", "bin", "python");
    const args = ["-c", "import sys, aiohttp; print(sys.prefix)"];
    const { stdout, success } = await new Deno.Command(python, { args }).output();
    assert.ok(success);
    assert.equal(new TextDecoder().decode(stdout).trim(), join(moved, ".venv"));
  });
});

Deno.test("a second create needs no network for ComfyUI, and takes a branch or a commit", async () => {
  await withEnvironment(async ({ cli, source, workspace, world }) => {
    const commit = await world().git.resolve(source, "v0.1.0");
    const words = ["--torch-backend", "none", "--comfyui-source", source, "--json"];
    const { code, json, stderr } = await cli(
      ["create", "older", "--comfyui", commit!.slice(0, 10), "--offline", ...words],
    );
    assert.equal(code, 0, stderr);
    await assertPublishedShape(json);
    const { manifest } = environmentLayout(workspace, "older");
    const facts = readManifest(await Deno.readTextFile(manifest), "pyproject.toml").environment;
    assert.deepEqual([facts.comfyuiRefType, facts.comfyuiCommit], ["commit", commit]);
    const checked = await cli(["validate", "--strict"], { COMFYDOCK_ENV: "older" });
    assert.equal(checked.code, 0, checked.stdout);
  });
});

Deno.test("a dry run of create tells its plan and makes nothing", async () => {
  await withEmptyWorkspace(async ({ cli, source, workspace }) => {
    const { code, json } = await cli([
      ...["create", "new", "--dry-run", "--json", "--comfyui-source", source],
    ]);
    assert.equal(code, 0);
    await assertPublishedShape(json);
    assert.deepEqual(await listEnvironments(workspace), []);
  });
});

interface BadCreate {
  readonly words: readonly string[];
  readonly exit: number;
  readonly code: string;
  readonly env?: Readonly<Record<string, string>>;
}

Deno.test("a create that cannot be leaves nothing, and says what helps", async () => {
  await withEnvironment(async ({ cli, root, source, workspace }) => {
    const foreign = join(root, "foreign");
    await Deno.mkdir(foreign);
    await Deno.mkdir(join(workspace.environments, "junk"));
    const bad: readonly BadCreate[] = [
      ...["../x", "a/b", "CON", ".hidden", "models", "x".repeat(70), "-x y"].map((name) => ({
        words: ["--", name],
        exit: 2,
        code: "ENVIRONMENT_NAME_INVALID",
      })),
      { words: ["DEMO"], exit: 5, code: "ENVIRONMENT_EXISTS" },
      { words: ["junk"], exit: 5, code: "ENVIRONMENT_EXISTS" },
      { words: ["a", "--comfyui", "v99.0.0"], exit: 4, code: "COMFYUI_VERSION_NOT_FOUND" },
      { words: ["a", "--comfyui-source", foreign], exit: 4, code: "COMFYUI_NOT_FOUND" },
      { words: ["a", "--python", "two"], exit: 2, code: "PYTHON_UNSUITABLE" },
      { words: ["a", "--python", "3.4"], exit: 2, code: "PYTHON_UNSUITABLE" },
      { words: ["a", "--python", "3.10.99", "--offline"], exit: 3, code: "PYTHON_MISSING" },
      { words: ["a", "--torch-backend", "cuda"], exit: 2, code: "TORCH_BACKEND_INVALID" },
    ];
    for (const { words, exit, code } of bad) {
      const common = ["--json", "--torch-backend", "none", "--comfyui-source", source];
      const given = common.filter((_word, at) => {
        const option = common[at - (at % 2 === 1 ? 0 : 1)]!;
        return !words.includes(option);
      });
      const run = await cli(["create", ...given, ...words]);
      assert.equal(run.json?.error?.code, code, `${words}: ${run.stdout}${run.stderr}`);
      assert.equal(run.code, exit, `${words}`);
      assert.ok(run.json?.error?.hint, `${words} needs a hint`);
    }
    assert.deepEqual(await listEnvironments(workspace), ["demo"]);
    assert.deepEqual(
      (await Array.fromAsync(Deno.readDir(workspace.environments))).map(({ name }) => name).sort(),
      ["demo", "junk"],
    );
  });
});
