import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { editManifest, type ManifestNode, setNode } from "../../../src/pyproject/mod.ts";
import {
  applyDelete,
  type EnvironmentWorld,
  surveyEnvironment,
  undoEnvironment,
} from "../../../src/environment/mod.ts";
import { command, createGit, createRunner } from "../../../src/tools/mod.ts";
import { listTrash, lookAt, openWorkspace } from "../../../src/workspace/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";

async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

/** Things that a user makes while working. */
async function work({ environment, workspace }: EnvironmentFixture): Promise<void> {
  const { comfyui, log } = environment;
  await write(join(comfyui, "output", "2026", "a.png"), "picture");
  await write(join(comfyui, "input", "mine.png"), "photo");
  await write(join(comfyui, "user", "default", "workflows", "w.json"), "{}");
  await write(join(comfyui, "custom_nodes", "mine", "__init__.py"), "code");
  await write(join(comfyui, "custom_nodes", "__pycache__", "x.pyc"), "made again");
  await write(join(comfyui, "temp", "preview.png"), "made again");
  await write(join(comfyui, "extra_model_paths.yaml"), "mine: {}");
  await write(join(environment.root, "notes.txt"), "note");
  await write(join(workspace.defaultModels, "checkpoints", "model.safetensors"), "model");
  await write(log, "log");
  await write(`${log}.1`, "older log");
}

async function keptBy(world: EnvironmentWorld): Promise<readonly string[]> {
  const { kept } = await surveyEnvironment(world, { purge: false });
  return kept.map(({ path, reason }) => `${reason} ${path}`);
}

async function git(world: EnvironmentWorld, cwd: string, ...args: string[]): Promise<string> {
  return (await world.runner.run(command({ program: "git", args, cwd }))).stdout.trim();
}

Deno.test("delete keeps in the trash what could not be had again, and nothing else", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, workspace, world } = fixture;
    await work(fixture);
    const plan = await applyDelete(world(), { purge: false });
    assert.deepEqual(plan.kept.map(({ path, reason }) => `${reason} ${path}`), [
      "history .cec",
      "made ComfyUI/custom_nodes/mine",
      "made ComfyUI/extra_model_paths.yaml",
      "made ComfyUI/input/mine.png",
      "made ComfyUI/output/2026",
      "made ComfyUI/user",
      "made notes.txt",
    ]);
    assert.equal(await lookAt(environment.root), undefined);
    assert.equal(await lookAt(environment.log), undefined);
    assert.equal(await lookAt(`${environment.log}.1`), undefined);
    const [entry, ...others] = await listTrash(workspace);
    assert.deepEqual([entry?.from, others.length], [environment.root, 0]);
    const content = join(workspace.trash, entry!.id, "demo");
    const text = await Deno.readTextFile(join(content, "ComfyUI", "output", "2026", "a.png"));
    assert.equal(text, "picture");
    assert.equal(await lookAt(join(content, ".venv")), undefined);
    assert.equal(await lookAt(join(content, "ComfyUI", "main.py")), undefined);
    assert.equal((await openWorkspace(workspace.root)).facts.activeEnvironment, undefined);
    const model = join(workspace.defaultModels, "checkpoints", "model.safetensors");
    assert.equal(await Deno.readTextFile(model), "model");
  });
});

Deno.test("undo brings back all that delete took, and makes it active again", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, workspace, world, cli } = fixture;
    await work(fixture);
    await applyDelete(world(), { purge: false });
    await undoEnvironment(world(), "workspace");
    assert.equal((await cli(["validate"])).code, 0);
    assert.equal(await Deno.readTextFile(environment.log), "log");
    assert.equal(await Deno.readTextFile(join(environment.root, "notes.txt")), "note");
    assert.deepEqual(await listTrash(workspace), []);
    const { facts } = await openWorkspace(workspace.root);
    assert.equal(facts.activeEnvironment, "demo");
    await undoEnvironment(world(), "workspace");
    assert.equal(await lookAt(environment.root), undefined);
    assert.equal((await listTrash(workspace)).length, 1);
  });
});

Deno.test("undo of a delete leaves an environment active that was chosen since", async () => {
  await withEnvironment(async ({ workspace, world, cli }) => {
    await Deno.mkdir(join(workspace.environments, "other", ".cec"), { recursive: true });
    await Deno.writeTextFile(join(workspace.environments, "other", ".cec", "pyproject.toml"), "");
    await applyDelete(world(), { purge: false });
    assert.equal((await cli(["use", "other"])).code, 0);
    await undoEnvironment(world(), "workspace");
    assert.equal((await openWorkspace(workspace.root)).facts.activeEnvironment, "other");
  });
});

Deno.test("a ComfyUI that differs from its commit, or has commits of its own, is kept whole", async () => {
  await withEnvironment(async ({ environment, world }) => {
    const { comfyui } = environment;
    const open = world();
    assert.deepEqual(await keptBy(open), ["history .cec"]);
    await Deno.writeTextFile(join(comfyui, "nodes.py"), "# mine");
    assert.deepEqual(await keptBy(open), ["history .cec", "local ComfyUI"]);
    await git(open, comfyui, "checkout", "--", "nodes.py");
    assert.deepEqual(await keptBy(open), ["history .cec"]);
    const head = await git(open, comfyui, "rev-parse", "HEAD");
    await git(open, comfyui, "checkout", "-q", "-b", "mine");
    await git(open, comfyui, "commit", "-q", "--allow-empty", "-m", "mine");
    await git(open, comfyui, "checkout", "-q", "--detach", head);
    assert.deepEqual(await keptBy(open), ["history .cec", "local ComfyUI"]);
    await git(open, comfyui, "branch", "-q", "-D", "mine");
    await Deno.writeTextFile(join(comfyui, "new.py"), "# mine");
    assert.deepEqual(await keptBy(open), ["history .cec", "made ComfyUI/new.py"]);
  });
});

Deno.test("a node pack that is a clean clone of its commit goes, save what git does not have of it", async () => {
  await withEnvironment(async ({ root, environment, world }) => {
    const open = world();
    const upstream = join(root, "upstream");
    await write(join(upstream, "__init__.py"), "code");
    await write(join(upstream, ".gitignore"), "config.json\n");
    await git(open, upstream, "init", "-q");
    await git(open, upstream, "add", ".");
    await git(open, upstream, "commit", "-q", "-m", "one");
    const pack = join(environment.customNodes, "pack");
    await git(open, root, "clone", "-q", upstream, pack);
    const node: ManifestNode = {
      id: "pack",
      name: "pack",
      source: "git",
      repository: upstream,
      commit: await git(open, pack, "rev-parse", "HEAD"),
      enabled: true,
      directory: "pack",
    };
    assert.deepEqual(await keptBy(open), ["history .cec", "made ComfyUI/custom_nodes/pack"]);
    const text = await Deno.readTextFile(environment.manifest);
    await Deno.writeTextFile(environment.manifest, editManifest(text, [setNode(node)], "test"));
    assert.deepEqual(await keptBy(open), ["history .cec"]);
    await write(join(pack, "config.json"), "{}");
    assert.deepEqual(await keptBy(open), [
      "history .cec",
      "made ComfyUI/custom_nodes/pack/config.json",
    ]);
    await write(join(pack, "__init__.py"), "changed");
    assert.deepEqual(await keptBy(open), ["history .cec", "local ComfyUI/custom_nodes/pack"]);
  });
});

Deno.test("what cannot be judged is kept: without git, manifest or source", async () => {
  await withEnvironment(async ({ environment, source, world }) => {
    const open = world();
    const whole = ["history .cec", "local ComfyUI"];
    const noGit = createGit(createRunner({ env: { PATH: "" } }));
    assert.deepEqual(await keptBy({ ...open, git: noGit }), whole);
    const text = await Deno.readTextFile(environment.manifest);
    await Deno.writeTextFile(environment.manifest, "[project\n");
    assert.deepEqual(await keptBy(open), whole);
    await Deno.writeTextFile(environment.manifest, text.replace(source, join(source, "gone")));
    assert.deepEqual(await keptBy(open), whole);
  });
});

Deno.test("delete --purge leaves nothing anywhere", async () => {
  await withEnvironment(async (fixture) => {
    const { environment, workspace, cli } = fixture;
    await work(fixture);
    assert.equal((await cli(["delete", "demo", "--purge"])).code, 2);
    assert.equal((await cli(["delete", "demo", "--purge", "--yes"])).code, 0);
    assert.equal(await lookAt(environment.root), undefined);
    assert.equal(await lookAt(environment.log), undefined);
    assert.deepEqual(await listTrash(workspace), []);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.journal)), []);
    const { code, json } = await cli(["undo", "--json"], { COMFYDOCK_ENV: "" });
    assert.deepEqual([code, json?.error?.code], [4, "UNDO_NOTHING"]);
  });
});
