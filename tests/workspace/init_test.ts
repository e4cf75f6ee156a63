import assert from "node:assert/strict";
import { join } from "node:path";
import { isKind } from "../../src/base/mod.ts";
import {
  applyInit,
  environmentLayout,
  findEnvironment,
  listEnvironments,
  openWorkspace,
  planInit,
  updateWorkspace,
  withActive,
  withLock,
  WORKSPACE_LOCK,
  workspaceErrors,
  workspaceLayout,
} from "../../src/workspace/mod.ts";
import { readTree, writeTree } from "./support/tree.ts";
import { withDirectory, withWorkspace } from "./support/workspace.ts";

const now = "2026-01-02T03:04:05.000Z";

Deno.test("planInit() changes nothing, applyInit() makes the layout of the contract", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "new", "workspace");
    const plan = await planInit({ path, now });
    assert.equal(plan.kind, "create");
    assert.deepEqual(await readTree(directory), {});
    await applyInit(plan);
    const found = Object.keys(await readTree(path));
    for (
      const wanted of [
        ".metadata/workspace.json",
        ".metadata/locks",
        ".metadata/journal",
        "comfydock_cache/custom_nodes/store",
        "comfydock_cache/comfyui",
        "comfydock_cache/downloads",
        "comfydock_cache/models",
        "environments",
        "logs",
        "uv_cache",
        "uv/python",
        "uv/bin",
        "trash",
      ]
    ) assert(found.includes(wanted), wanted);
    const { facts } = await openWorkspace(path);
    assert.deepEqual(facts, {
      createdAt: now,
      activeEnvironment: undefined,
      settings: {},
      rest: {},
    });
  });
});

Deno.test("init on a workspace keeps it, adds what is missing and takes the new model directory", async () => {
  await withWorkspace(async ({ root, logs }, directory) => {
    await Deno.remove(logs);
    const plan = await planInit({ path: root, now, modelsDir: directory });
    assert.equal(plan.kind, "keep");
    assert.deepEqual(plan.directories, [logs]);
    await applyInit(plan);
    assert.equal((await openWorkspace(root)).facts.settings.models_dir, directory);
    const again = await planInit({ path: root, now, modelsDir: directory });
    assert.equal(again.facts, undefined);
    assert.deepEqual(again.directories, []);
  });
});

Deno.test("init refuses a foreign directory, a file and a model directory that is none", async () => {
  await withDirectory(async (directory) => {
    await writeTree(directory, {
      "foreign/thesis.doc": "mine",
      "file": "",
      "half/.metadata/x": "",
    });
    for (const name of ["foreign", "file", "half"]) {
      await assert.rejects(
        planInit({ path: join(directory, name), now }),
        (error) => isKind(error, workspaceErrors.WORKSPACE_DIRECTORY_FOREIGN),
      );
    }
    await assert.rejects(
      planInit({ path: join(directory, "new"), now, modelsDir: join(directory, "nowhere") }),
      (error) => isKind(error, workspaceErrors.CONFIG_VALUE_INVALID),
    );
  });
});

Deno.test("an init that was killed before its first file is gone on with", async () => {
  await withDirectory(async (directory) => {
    await writeTree(directory, { ".metadata/.workspace.json.1-ab.tmp": "{" });
    assert.equal((await planInit({ path: directory, now })).kind, "create");
  });
});

Deno.test("openWorkspace() says how to make a workspace where there is none", async () => {
  await withDirectory(async (directory) => {
    await assert.rejects(
      openWorkspace(directory),
      (error) =>
        isKind(error, workspaceErrors.WORKSPACE_NOT_FOUND) && error.exit === 4 &&
        /comfydock init/.test(error.hint ?? ""),
    );
  });
});

const damaged: readonly (readonly [name: string, text: string])[] = [
  ["no JSON", "{"],
  ["a list", "[]"],
  [
    "a number as active environment",
    '{"schema_version":1,"created_at":"x","active_environment":3}',
  ],
  ["a list among the settings", '{"schema_version":1,"created_at":"x","config":{"rate":[]}}'],
];

for (const [name, text] of damaged) {
  Deno.test(`a workspace.json that holds ${name} is an error and stays as it is`, async () => {
    await withWorkspace(async ({ root, workspaceFile }) => {
      await Deno.writeTextFile(workspaceFile, text);
      await assert.rejects(
        openWorkspace(root),
        (error) => isKind(error, workspaceErrors.WORKSPACE_INVALID),
      );
      assert.equal(await Deno.readTextFile(workspaceFile), text);
    });
  });
}

Deno.test("a newer workspace.json is refused, and fields of the same schema that are unknown are kept", async () => {
  await withWorkspace(async (layout) => {
    const { root, workspaceFile } = layout;
    const text =
      '{"schema_version":1,"created_at":"x","colour":"red","config":{"models_dir":null}}';
    await Deno.writeTextFile(workspaceFile, text);
    await withLock(layout, WORKSPACE_LOCK, { command: "use", timeoutMs: 0 }, async (lock) => {
      await updateWorkspace(layout, lock, (facts) => withActive(facts, "demo"));
    });
    const written = JSON.parse(await Deno.readTextFile(workspaceFile));
    assert.equal(written.colour, "red");
    assert.equal(written.active_environment, "demo");
    await Deno.writeTextFile(workspaceFile, JSON.stringify({ ...written, schema_version: 2 }));
    await assert.rejects(
      openWorkspace(root),
      (error) => isKind(error, workspaceErrors.WORKSPACE_NEWER),
    );
  });
});

Deno.test("the predecessor's workspace.json is migrated, and its text kept for the user alone", async () => {
  await withWorkspace(async ({ root, workspaceFile }) => {
    const old = JSON.stringify({
      version: 1,
      created_at: "2025-01-01",
      active_environment: "demo",
      global_model_directory: { path: root, added_at: "x" },
      api_credentials: { civitai_token: "secret-token" },
    });
    await Deno.writeTextFile(workspaceFile, old);
    const { facts } = await openWorkspace(root);
    assert.equal(facts.activeEnvironment, "demo");
    assert.deepEqual(facts.settings, { models_dir: root });
    assert.doesNotMatch(await Deno.readTextFile(workspaceFile), /secret/);
    const backup = `${workspaceFile}.v0.bak`;
    assert.equal(await Deno.readTextFile(backup), old);
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(backup)).mode! & 0o777, 0o600);
    }
    assert.deepEqual((await openWorkspace(root)).facts, facts);
  });
});

Deno.test("environments are the directories with a manifest; the active one is found without a name", async () => {
  await withWorkspace(async (layout) => {
    await writeTree(layout.environments, {
      "beta/.cec/pyproject.toml": "",
      "Alpha/.cec/pyproject.toml": "",
      "half/.venv/x": "",
      "stray.txt": "",
    });
    assert.deepEqual(await listEnvironments(layout), ["Alpha", "beta"]);
    const workspace = await openWorkspace(layout.root);
    assert.equal(
      (await findEnvironment(workspace, "alpha")).root,
      environmentLayout(layout, "Alpha").root,
    );
    await assert.rejects(
      findEnvironment(workspace, "half"),
      (error) =>
        isKind(error, workspaceErrors.ENVIRONMENT_NOT_FOUND) &&
        /Alpha, beta/.test(error.hint ?? ""),
    );
    await assert.rejects(
      findEnvironment(workspace),
      (error) => isKind(error, workspaceErrors.ENVIRONMENT_NONE_ACTIVE),
    );
    const active = { ...workspace, facts: withActive(workspace.facts, "beta") };
    assert.equal((await findEnvironment(active)).name, "beta");
  });
});

Deno.test("no path of a workspace lies outside it", () => {
  const layout = workspaceLayout(join("/", "ws"));
  for (const path of Object.values(layout)) assert(path.startsWith(layout.root));
});
