import assert from "node:assert/strict";
import { join } from "node:path";
import {
  readEnvironmentState,
  readInstalled,
  readStatus,
  updateEnvironment,
} from "../../../src/environment/mod.ts";
import { command } from "../../../src/tools/mod.ts";
import { type EnvironmentFixture, withEnvironment } from "../../support/environment_fixture.ts";
import { assertPublishedShape } from "../../support/schemas.ts";

async function stateOf({ world, environment }: EnvironmentFixture) {
  const { manifestText, lockText, manifest } = await readEnvironmentState(world());
  return {
    manifestText,
    lockText,
    version: manifest.environment.comfyuiVersion,
    packages: await readInstalled(environment.venv),
    comfyui: await world().git.resolve(environment.comfyui, "HEAD"),
  };
}

async function git({ world, source }: EnvironmentFixture, ...args: string[]): Promise<string> {
  const { stdout } = await world().runner.run(command({ program: "git", args, cwd: source }));
  return stdout.trim();
}

/** A source of one's own; that of the fixture is shared. */
async function withOwnSource(
  fixture: EnvironmentFixture,
): Promise<EnvironmentFixture> {
  const source = join(fixture.root, "source");
  await fixture.world().runner.run(
    command({ program: "git", args: ["clone", "--quiet", "--mirror", fixture.source, source] }),
  );
  const text = await Deno.readTextFile(fixture.environment.manifest);
  await Deno.writeTextFile(
    fixture.environment.manifest,
    text.replaceAll(JSON.stringify(fixture.source), JSON.stringify(source)),
  );
  return { ...fixture, source };
}

/** Adds a commit with other content of files to a branch of a source, as its tip. */
async function commitThere(
  fixture: EnvironmentFixture,
  branch: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const copy = join(fixture.root, `work-${crypto.randomUUID()}`);
  const there = { ...fixture, source: copy };
  const { runner } = fixture.world();
  await runner.run(
    command({ program: "git", args: ["clone", "--quiet", "-b", branch, fixture.source, copy] }),
  );
  for (const [path, content] of Object.entries(files)) {
    await Deno.mkdir(join(copy, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(copy, path), content);
  }
  await git(there, "add", "-A", "--force");
  const who = ["-c", "user.name=test", "-c", "user.email=test@localhost"];
  await git(there, ...who, "commit", "--quiet", "-m", "Another commit");
  await git(there, "push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
  return await git(there, "rev-parse", "HEAD");
}

Deno.test("update goes back and forth; what people put into ComfyUI stays, and undo takes it back", async () => {
  await withEnvironment(async (fixture) => {
    const { environment: { comfyui }, workspace, cli } = fixture;
    const kept = [
      "input/mine.png",
      "output/made.png",
      "user/default/workflows/a.json",
      "custom_nodes/pack/__init__.py",
      "extra_model_paths.yaml",
      "temp/x",
      "models/loras/l.safetensors",
    ];
    for (const path of kept) {
      await Deno.mkdir(join(comfyui, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(comfyui, path), path);
    }
    const newest = await stateOf(fixture);
    const planned = await cli(["update", "--comfyui", "v0.1.0", "--dry-run", "--json"]);
    await assertPublishedShape(planned.json);
    assert.deepEqual(await stateOf(fixture), newest);

    const { json, stderr } = await cli(["update", "--comfyui", "v0.1.0", "--json"]);
    await assertPublishedShape(json);
    const data = json?.data as Record<string, unknown>;
    assert.deepEqual([data?.direction, data?.commit_count], ["backward", 1], stderr);
    assert.deepEqual(data.locked, (planned.json?.data as typeof data).locked);
    const older = await stateOf(fixture);
    assert.equal(older.version, "v0.1.0");
    assert.equal(older.packages?.packaging, undefined);
    assert.match(await Deno.readTextFile(join(comfyui, "comfyui_version.py")), /0\.1\.0/);

    const report = await updateEnvironment(fixture.world(), {});
    assert.deepEqual([report.plan.to.name, report.moved], ["v0.2.0", true]);
    assert.deepEqual(await stateOf(fixture), newest);
    assert.equal((await updateEnvironment(fixture.world(), {})).moved, false);
    for (const path of kept) assert.equal(await Deno.readTextFile(join(comfyui, path)), path);
    assert.equal(await Deno.readLink(join(comfyui, "models")), workspace.defaultModels);
    assert.equal((await cli(["undo"])).code, 0);
    assert.deepEqual(await stateOf(fixture), older);
    for (const path of kept) assert.equal(await Deno.readTextFile(join(comfyui, path)), path);
  });
});

Deno.test("update on a branch moves to its newest commit, with requirements of one's own kept", async () => {
  await withEnvironment(async (made) => {
    const fixture = await withOwnSource(made);
    const { world, environment, cli } = fixture;
    assert.equal((await cli(["update", "--comfyui", "preview"])).code, 0);
    assert.equal((await cli(["py", "add", "six", "aiohttp>=3.10"])).code, 0);
    const commit = await commitThere(fixture, "preview", {
      "requirements.txt": "aiohttp>=3.11.9\ntoml\n",
      "models/new_kind/put_here": "",
    });
    const { plan } = await updateEnvironment(world(), {});
    assert.deepEqual([plan.to.kind, plan.to.name, plan.to.commit], ["branch", "preview", commit]);
    assert.equal(plan.between.direction, "forward");
    assert.deepEqual(plan.kept, [
      { name: "aiohttp", before: ["aiohttp>=3.10"], after: ["aiohttp>=3.11.9"] },
    ]);
    const { manifest } = await readEnvironmentState(world());
    assert.deepEqual(manifest.project.dependencies, ["aiohttp>=3.10", "toml", "six"]);
    assert.equal((await readInstalled(environment.venv))?.packaging, undefined);
    const { differences } = await readStatus(world());
    assert.deepEqual(differences.filter(({ severity }) => severity === "error"), []);
  });
});

Deno.test("update writes nothing through links of people's, and nothing over their files", async () => {
  await withEnvironment(async (made) => {
    const fixture = await withOwnSource(made);
    const { environment: { comfyui }, root, world, cli } = fixture;
    const commit = await commitThere(fixture, "preview", {
      "output/output_images_will_be_put_here": "changed",
      "output/new/put_here": "",
      "models/loras/put_loras_here": "changed",
      "extra_model_paths.yaml": "tracked: now\n",
    });
    const elsewhere = join(root, "elsewhere");
    await Deno.mkdir(elsewhere);
    await Deno.writeTextFile(join(elsewhere, "output_images_will_be_put_here"), "mine");
    await Deno.remove(join(comfyui, "output"), { recursive: true });
    await Deno.symlink(elsewhere, join(comfyui, "output"));
    await Deno.writeTextFile(join(comfyui, "extra_model_paths.yaml"), "mine");
    const refused = await cli(["update", "--comfyui", "preview", "--json"]);
    assert.deepEqual([refused.code, refused.json?.error?.code], [5, "COMFYUI_CHANGED"]);
    assert.match(refused.json?.error?.message ?? "", /extra_model_paths\.yaml/);
    await Deno.remove(join(comfyui, "extra_model_paths.yaml"));

    const before = await stateOf(fixture);
    const links = async () =>
      await Promise.all(["output", "models"].map((name) => Deno.readLink(join(comfyui, name))));
    const [output, models] = await links();
    await updateEnvironment(world(), { wanted: commit });
    assert.deepEqual(await links(), [output, models]);
    assert.deepEqual((await readStatus(world())).differences.map(({ kind }) => kind), [
      "uncommitted",
    ]);
    assert.equal((await cli(["undo"])).code, 0);
    assert.deepEqual(await links(), [output, models]);
    assert.deepEqual(await stateOf(fixture), before);
    const found = (await Array.fromAsync(Deno.readDir(elsewhere))).map(({ name }) => name);
    assert.deepEqual(found, ["output_images_will_be_put_here"]);
    assert.equal(await Deno.readTextFile(join(elsewhere, found[0]!)), "mine");
  });
});

Deno.test("update whose requirements cannot be resolved, or that excludes the Python, changes nothing", async () => {
  await withEnvironment(async (made) => {
    const fixture = await withOwnSource(made);
    assert.equal((await fixture.cli(["constraint", "add", "aiohttp<3.12"])).code, 0);
    await commitThere(fixture, "preview", { "requirements.txt": "aiohttp>=3.12\n" });
    const held = await stateOf(fixture);
    const { code, json } = await fixture.cli(["update", "--comfyui", "preview", "--json"]);
    assert.deepEqual([code, json?.error?.code], [5, "PACKAGE_CONFLICT"]);
    assert.match(json?.error?.message ?? "", /ComfyUI wants aiohttp>=3\.12/);
    assert.deepEqual(await stateOf(fixture), held);
    await commitThere(fixture, "preview", {
      "pyproject.toml": '[project]\nname = "x"\nversion = "9"\nrequires-python = ">=3.99"\n',
    });
    const python = await fixture.cli(["update", "--comfyui", "preview", "--json"]);
    assert.deepEqual([python.code, python.json?.error?.code], [2, "PYTHON_UNSUITABLE"]);
    assert.deepEqual(await stateOf(fixture), held);
  });
});

Deno.test("update refuses local changes in ComfyUI and names the files; what does not exist is told", async () => {
  await withEnvironment(async (fixture) => {
    const { environment: { comfyui }, cli } = fixture;
    const own = await Deno.readTextFile(join(comfyui, "nodes.py"));
    await Deno.writeTextFile(join(comfyui, "nodes.py"), "# mine\n");
    await Deno.writeTextFile(join(comfyui, "notes.txt"), "mine");
    const before = await stateOf(fixture);
    for (const more of [[], ["--dry-run"]]) {
      const words = ["update", "--comfyui", "v0.1.0", ...more, "--json"];
      const { code, json } = await cli(words);
      assert.deepEqual([code, json?.error?.code], [5, "COMFYUI_CHANGED"]);
      assert.match(json?.error?.message ?? "", /nodes\.py, notes\.txt/);
    }
    assert.deepEqual(await stateOf(fixture), before);
    assert.equal(await Deno.readTextFile(join(comfyui, "nodes.py")), "# mine\n");
    await Deno.remove(join(comfyui, "notes.txt"));
    await Deno.writeTextFile(join(comfyui, "nodes.py"), own);
    const { json } = await cli(["update", "--comfyui", "v9", "--json"]);
    assert.equal(json?.error?.code, "COMFYUI_VERSION_NOT_FOUND");
  });
});
