import assert from "node:assert/strict";
import { join } from "node:path";
import { planAdoption, type Survey, surveyInstall } from "../../src/adoption/mod.ts";
import { ComfydockError } from "../../src/base/mod.ts";
import { type EnvironmentFixture, withEmptyWorkspace } from "../support/environment_fixture.ts";
import { digestOfTree, gitOf, putDistribution } from "../support/foreign_install.ts";
import { put } from "../support/tracked_workflows.ts";

Deno.test("what is broken in an install is told, and the rest is read", async () => {
  await withEmptyWorkspace(async (fixture) => {
    const comfyui = await checkout(fixture);
    const packages = join(comfyui, "venv", "lib", "python3.12", "site-packages");
    const packs = join(comfyui, "custom_nodes");
    await put(join(comfyui, ".git", "HEAD"), "\0 nothing that names a commit");
    await Deno.symlink("..", join(packs, "loop"));
    await Deno.mkdir(join(packs, "repository", ".git"), { recursive: true });
    await put(
      join(packs, "repository", ".git", "HEAD"),
      "ref: refs/heads/../../../../etc/passwd\n",
    );
    await put(join(packs, "garbled", "pyproject.toml"), "[project\nname = ");
    await put(join(packs, "garbled", ".tracking"), "x\n");
    await put(join(comfyui, "extra_model_paths.yaml"), "a:\n  - no\n b");
    await put(join(comfyui, "user", "__manager", "snapshots", "2026-02-02.json"), "{ half");
    await put(join(comfyui, "user", "__manager", "snapshots", "2026-01-01.yaml"), SNAPSHOT);
    await put(join(comfyui, "user", "default", "workflows", "fine.json"), "{}");
    await Deno.symlink("/dev/zero", join(comfyui, "user", "default", "workflows", "zero.json"));
    await Deno.symlink("..", join(comfyui, "user", "default", "workflows", "up"));
    await put(join(comfyui, "venv", "pyvenv.cfg"), "home = /usr\nversion = 3.12.4\n");
    await putDistribution(packages, "numpy", "1.26.4", { requested: true });
    await putDistribution(packages, "Rich", "13.0", {
      requested: true,
      requires: ["mdurl>=0.1", 'numpy>=1; python_version > "3" and extra == "math"'],
    });
    await putDistribution(packages, "mdurl", "0.1.2", { requested: true });
    await Deno.mkdir(join(packages, "odd-1.0.dist-info", "METADATA"), { recursive: true });
    await Deno.mkdir(join(packages, "zero-1.0.dist-info"));
    await Deno.symlink("/dev/zero", join(packages, "zero-1.0.dist-info", "METADATA"));
    await put(
      join(packages, "name-1.0.dist-info", "METADATA"),
      `Name: ${"x".repeat(300)}\nVersion: 1\n\n`,
    );

    const before = await digestOfTree(comfyui);
    const survey = await readInstall(fixture, comfyui);
    assert.equal(await digestOfTree(comfyui), before);
    const { takeover, preview } = planAdoption(survey, {});
    assert.equal(takeover.comfyui, "v0.2.0");
    assert.equal(takeover.python, "3.12.4");
    assert.deepEqual(takeover.packages, [
      { name: "Rich", version: "13.0", requested: true },
      { name: "mdurl", version: "0.1.2", requested: false },
      { name: "numpy", version: "1.26.4", requested: true },
    ]);
    assert.deepEqual(survey.python?.unreadable.toSorted(), [
      "name-1.0.dist-info",
      "odd-1.0.dist-info",
      "zero-1.0.dist-info",
    ]);
    assert.equal(survey.snapshot?.path.endsWith("2026-01-01.yaml"), true);
    assert.deepEqual(takeover.workflows.map(({ file }) => file), ["workflows/fine.json"]);
    assert.equal(survey.models.problems.length, 1);
    const told = new Map(preview.map(({ subject, certainty }) => [subject, certainty]));
    assert.equal(told.get("ComfyUI"), "guessed");
    assert.equal(told.get("extra_model_paths.yaml"), "unknown");
    assert.equal(told.get("workflows/zero.json"), "dropped");
    assert.equal(told.get("garbled"), "unknown");
    // Only the snapshot knows where this one came from.
    assert.equal(told.get("repository"), "guessed");
    const noted = takeover.packs.find(({ subject }) => subject === "repository");
    assert.equal(noted?.reference, `https://git.test/someone/repository@${"a".repeat(40)}`);
  });
});

Deno.test("nothing that an install names is started, and git's index is not refreshed", async () => {
  await withEmptyWorkspace(async (fixture) => {
    const comfyui = await checkout(fixture);
    const trap = join(fixture.root, "trapped");
    const program = join(fixture.root, "trap.sh");
    await put(program, `#!/bin/sh\ntouch ${trap}\n`);
    await Deno.chmod(program, 0o755);
    await Deno.writeTextFile(
      join(comfyui, ".git", "config"),
      `[core]\n\tfsmonitor = ${program}\n\thooksPath = ${fixture.root}\n[filter "x"]\n\tclean = ${program}\n`,
      { append: true },
    );
    await put(join(comfyui, ".git", "info", "attributes"), "* filter=x\n");
    const text = await Deno.readTextFile(join(comfyui, "nodes.py"));
    await Deno.writeTextFile(join(comfyui, "nodes.py"), text.replaceAll("\n", "\r\n"));
    await Deno.writeTextFile(join(comfyui, "server.py"), "# mine\n", { append: true });
    await Deno.remove(join(comfyui, "README.md"));
    await put(join(comfyui, "venv", "bin", "python3"), `#!/bin/sh\ntouch ${trap}\n`);
    await put(join(comfyui, "venv", "pyvenv.cfg"), "");
    const before = await digestOfTree(comfyui);
    const { copy } = await readInstall(fixture, comfyui);
    assert.deepEqual(copy?.changed, ["README.md", "server.py"]);
    await assert.rejects(Deno.stat(trap), Deno.errors.NotFound);
    assert.equal(await digestOfTree(comfyui), before);
  });
});

Deno.test("an install without a Python tells so once, and of no packages", async () => {
  await withEmptyWorkspace(async (fixture) => {
    const { preview } = planAdoption(await readInstall(fixture, await checkout(fixture)), {});
    assert.deepEqual(preview.filter(({ part }) => part === "packages"), []);
    const told = preview.find(({ part }) => part === "python");
    assert.deepEqual([told?.certainty, told?.message], [
      "unknown",
      "None was found; name one with --python-env",
    ]);
  });
});

Deno.test("the desktop app's directory is read, its version from its log", async () => {
  await withEmptyWorkspace(async (fixture) => {
    const base = join(fixture.root, "Documents", "ComfyUI");
    for (const name of ["custom_nodes", "models", "user", "input"]) {
      await Deno.mkdir(join(base, name), { recursive: true });
    }
    await put(join(base, "user", "comfyui.log"), "[START] x\nComfyUI version: 0.3.76\nmore\n");
    await put(join(base, ".venv", "pyvenv.cfg"), "version_info = 3.12.9.final.0\n");
    const survey = await readInstall(fixture, base);
    const plan = planAdoption(survey, {});
    assert.deepEqual([survey.install.kind, plan.takeover.comfyui], ["desktop", "v0.3.76"]);
    assert.equal(plan.takeover.python, "3.12.9");
    const told = plan.preview.find(({ part }) => part === "torch");
    assert.equal(told?.certainty, "unknown");
  });
});

Deno.test("what is no install, or one of comfydock's own, is refused with the way that leads on", async () => {
  await withEmptyWorkspace(async (fixture) => {
    const codeOf = (path: string, python?: string) =>
      surveyInstall(fixture.world(), path, python).then(
        () => undefined,
        (error) => error instanceof ComfydockError ? error.code : `${error}`,
      );
    assert.equal(await codeOf(fixture.root), "ADOPT_NOT_COMFYUI");
    assert.equal(await codeOf(join(fixture.root, "nowhere")), "FILE_NOT_FOUND");
    const comfyui = await checkout(fixture);
    assert.equal(await codeOf(comfyui, fixture.root), "ADOPT_NOT_COMFYUI");
    assert.equal(await codeOf(comfyui), undefined);
    await put(join(comfyui, "..", ".cec", "pyproject.toml"), "");
    assert.equal(await codeOf(comfyui), "ADOPT_MANAGED");
  });
});

const SNAPSHOT = `custom_nodes:
  cnr_custom_nodes: {}
  git_custom_nodes:
    https://git.test/someone/repository:
      disabled: false
      hash: ${"a".repeat(40)}
`;

async function checkout(fixture: EnvironmentFixture): Promise<string> {
  const comfyui = join(fixture.root, "there", "ComfyUI");
  await gitOf(fixture).run("clone", "-q", "--no-hardlinks", fixture.source, comfyui);
  return comfyui;
}

async function readInstall({ world }: EnvironmentFixture, path: string): Promise<Survey> {
  return await surveyInstall(world(), path);
}
