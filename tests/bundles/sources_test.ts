import assert from "node:assert/strict";
import { join } from "node:path";
import { openSource, prepareImport } from "../../src/bundles/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import { copyTree, environmentLayout } from "../../src/workspace/mod.ts";
import { importInto } from "../support/bundle_scene.ts";
import { SMALL_MANIFEST, smallBundle, writeBundle } from "../support/bundle_files.ts";
import { serve } from "../support/http_server.ts";
import { withEnvironment } from "../support/environment_fixture.ts";
import { put, textAt, track } from "../support/tracked_workflows.ts";

Deno.test("an environment is imported from a revision of a repository, and from a directory", async () => {
  await withEnvironment(async (fixture) => {
    await track(fixture, { portrait: '{"nodes": []}\n' });
    const { root, environment, world } = fixture;
    const repository = join(root, "envs");
    await Deno.mkdir(repository);
    const { git } = world();
    await git.init(repository);
    const inside = join(repository, "portraits");
    await copyTree(environment.cec, inside, { include: (path) => !path.startsWith(".git") });
    await git.add(repository);
    const old = await git.commit(repository, "One");
    await put(join(inside, "workflows", "portrait.json"), '{"nodes": [], "more": 1}\n');
    await git.add(repository);
    await git.commit(repository, "Two");

    const reference = {
      kind: "git",
      url: repository,
      shown: repository,
      ref: old,
      subdirectory: ["portraits"],
    } as const;
    const { plan } = await importInto(fixture, reference, { name: "from-git", strict: true });
    assert.deepEqual(plan.workflows, ["portrait"]);
    const made = environmentLayout(fixture.workspace, "from-git");
    const workflow = join(made.workflows, "portrait.json");
    assert.equal(await Deno.readTextFile(workflow), '{"nodes": []}\n');
    assert.equal(
      await Deno.readTextFile(made.lockFile),
      await Deno.readTextFile(environment.lockFile),
    );

    const directory = { kind: "directory", path: environment.root } as const;
    await using source = await openSource(world(), directory);
    const request = { name: "again", strict: true, use: false };
    assert.deepEqual((await prepareImport(world(), source, request)).plan.shortfalls, []);

    for (const wrong of [{ ref: "nowhere" }, { subdirectory: ["elsewhere"] }]) {
      await assert.rejects(openSource(world(), { ...reference, ...wrong }), /Cannot/);
    }
  });
});

Deno.test("a repository goes on with its history, and one that leads elsewhere is refused", async () => {
  await withEnvironment(async (fixture) => {
    const { root, environment, world } = fixture;
    const { git } = world();
    const repository = join(root, "own.git");
    await git.updateMirror(repository, environment.cec);
    // As a repository is whose HEAD names a branch that was never pushed.
    await Deno.writeTextFile(join(repository, "HEAD"), "ref: refs/heads/never\n");
    const reference = { kind: "git", url: repository, shown: repository } as const;
    const { environment: made } = await importInto(fixture, reference, { name: "own" });
    const { cec } = environmentLayout(fixture.workspace, "own");
    assert.equal(made.commit, await git.resolve(environment.cec, "HEAD"));
    const { branch, entries } = await git.status(cec);
    assert.deepEqual([branch, entries], ["main", []]);
    const settings = new Map(await git.readConfig(join(cec, ".git", "config")));
    assert.equal(settings.get("remote.origin.url"), repository);
    assert.equal(settings.get("branch.main.merge"), "refs/heads/main");

    const hostile = join(root, "hostile");
    await copyTree(environment.cec, hostile, { include: (path) => !path.startsWith(".git") });
    await Deno.remove(join(hostile, "workflows"), { recursive: true });
    await Deno.symlink(root, join(hostile, "workflows"));
    await git.init(hostile);
    await git.add(hostile);
    await git.commit(hostile, "A way out");
    const other = { kind: "git", url: hostile, shown: hostile } as const;
    await assert.rejects(importInto(fixture, other, { name: "bad" }), { code: "REVISION_UNSAFE" });
    assert.equal(await textAt(environmentLayout(fixture.workspace, "bad").manifest), undefined);

    for (const link of [".cec", "nodes"]) {
      const leading = join(root, `leading-${link}`);
      await Deno.mkdir(leading);
      await put(join(environment.cec, "pack", "x.py"), "");
      await Deno.symlink(environment.cec, join(leading, link));
      if (link === "nodes") await put(join(leading, "pyproject.toml"), SMALL_MANIFEST);
      const opening = openSource(world(), { kind: "directory", path: leading });
      if (link === ".cec") await assert.rejects(opening, /holds no pyproject.toml/);
      else assert.equal((await opening).content.nodes.size, 0);
    }
  });
});

Deno.test("what an import would do is known before, and a strict one refuses what would differ", async () => {
  await withEnvironment(async ({ root, world, workspace }) => {
    const path = join(root, "small.tar");
    const files = smallBundle();
    files.set(
      "pyproject.toml",
      new TextEncoder().encode(
        SMALL_MANIFEST.replace('source = "local"', 'source = "development"') +
          '\n[tool.comfydock.models.far]\nname = "far"\nsize = 7\ncriticality = "required"\n' +
          'sources = [{ type = "url", url = "https://models.test/far" }]\nlocal_path = "vae/far"\n',
      ),
    );
    files.delete("nodes/pack/__init__.py");
    files.set(
      "uv.lock",
      new TextEncoder().encode(
        'version = 1\n[[package]]\nname = "old"\nversion = "1"\nsource = { registry = "x" }\n' +
          'sdist = { url = "x" }\n',
      ),
    );
    await writeBundle(path, files);
    await using source = await openSource(world(), { kind: "file", path });
    await using server = serve(async () => new Response(await Deno.readFile(path)));
    const fetching = { ...world(), http: () => Promise.resolve(createHttpClient({})) };
    const url = `${server.url}/small.tar.zst`;
    {
      await using fetched = await openSource(fetching, { kind: "url", url, shown: url });
      assert.deepEqual(fetched.content, source.content);
    }
    assert.deepEqual(await Array.fromAsync(Deno.readDir(workspace.downloads)), []);
    const request = { strict: false, use: false };
    const { plan } = await prepareImport(world(), source, request);
    assert.deepEqual(
      [plan.name, plan.packages, plan.builds, plan.nodes.map(({ from }) => from)],
      ["small", 1, [{ name: "old", from: "sdist", host: undefined }], ["nowhere"]],
    );
    assert.deepEqual(plan.models.map(({ key, from, size }) => [key, from, size]), [
      ["base", "bundle", 2_400],
      ["far", "download", 7],
    ]);
    assert.deepEqual(plan.shortfalls, ["The development node pack pack did not come along"]);
    await assert.rejects(prepareImport(world(), source, { ...request, strict: true }), {
      code: "BUNDLE_INEXACT",
    });
    await assert.rejects(prepareImport(world(), source, { ...request, name: "demo" }), {
      code: "ENVIRONMENT_EXISTS",
    });
    await put(join(workspace.defaultModels, "checkpoints", "base.safetensors"), "mine");
    await assert.rejects(prepareImport(world(), source, request), { code: "BUNDLE_MODEL_DIFFERS" });
  });
});
