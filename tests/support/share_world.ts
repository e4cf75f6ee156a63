import assert from "node:assert/strict";
import { join } from "node:path";
import { readInstalled, readStatus } from "../../src/environment/mod.ts";
import { editManifest, readManifest, setModel } from "../../src/pyproject/mod.ts";
import { environmentLayout } from "../../src/workspace/mod.ts";
import { hashTree } from "../../src/nodes/mod.ts";
import { sha256Of } from "./bundle_files.ts";
import type { EnvironmentFixture } from "./environment_fixture.ts";
import { type PackRegistry, packVariables } from "./node_packs.ts";
import { runInProcess } from "./run_in_process.ts";
import { put } from "./tracked_workflows.ts";

/** Runs a line of a story in the test's own process, which must end well, and returns its data. */
export type Line = (...argv: string[]) => Promise<unknown>;

/** Lines on one workspace. */
export async function linesOn(
  fixture: EnvironmentFixture,
  registry: PackRegistry,
  variables: Readonly<Record<string, string>> = {},
): Promise<Line> {
  const env = { ...await packVariables(fixture, registry), COMFYDOCK_JSON: "1", ...variables };
  return async (...argv) => {
    const { code, json, stderr } = await runInProcess(argv, { env });
    assert.equal(
      code,
      0,
      `comfydock ${argv.join(" ")}: ${json?.error?.message} ${json?.error?.hint} ${stderr}`,
    );
    return json?.data;
  };
}

/** Cuts comfydock and all that it starts off the network, and off what earlier runs have cached. */
export function cutOff({ root }: EnvironmentFixture): Readonly<Record<string, string>> {
  const nowhere = "http://127.0.0.1:9";
  return {
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    ALL_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
    all_proxy: nowhere,
    NO_PROXY: "",
    no_proxy: "",
    COMFYDOCK_UV_CACHE_DIR: join(root, "empty-uv-cache"),
    LC_ALL: "de_DE.UTF-8",
    TZ: "Pacific/Auckland",
  };
}

/** Puts a pack that only this machine has into a directory. */
export async function writePack(directory: string, className: string): Promise<string> {
  const text = [
    "class Node:",
    '    RETURN_TYPES = ("IMAGE",)',
    '    FUNCTION = "run"',
    '    CATEGORY = "test"',
    "",
    "    @classmethod",
    "    def INPUT_TYPES(cls):",
    '        return {"required": {"image": ("IMAGE",)}}',
    "",
    "",
    `NODE_CLASS_MAPPINGS = {"${className}": Node}`,
    "",
  ];
  await put(join(directory, "__init__.py"), text.join("\n"));
  return directory;
}

/** Puts models into the directory of models and into the manifest, uncommitted. */
export async function addModels(
  { workspace, environment }: EnvironmentFixture,
  contents: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Promise<void> {
  const edits = [];
  for (const [key, bytes] of Object.entries(contents)) {
    const localPath = `checkpoints/${key}.safetensors`;
    await Deno.mkdir(join(workspace.defaultModels, "checkpoints"), { recursive: true });
    await Deno.writeFile(join(workspace.defaultModels, ...localPath.split("/")), bytes);
    edits.push(setModel({
      key,
      name: `${key}.safetensors`,
      sha256: sha256Of(bytes),
      size: bytes.length,
      sources: [],
      localPath,
      criticality: "required",
    }));
  }
  const text = await Deno.readTextFile(environment.manifest);
  await Deno.writeTextFile(environment.manifest, editManifest(text, edits, "pyproject.toml"));
}

/** All of an environment that has to be the same wherever it is; where ComfyUI was fetched from is no part of it. */
export async function essence(fixture: EnvironmentFixture, name: string): Promise<unknown> {
  const { world, workspace } = fixture;
  const { cec, comfyui, customNodes, lockFile, manifest, venv, workflows } = environmentLayout(
    workspace,
    name,
  );
  const text = await Deno.readTextFile(manifest);
  const read = readManifest(text, manifest);
  const directories = Object.values(read.nodes).map(({ id, directory = id }) => directory).sort();
  const files = await Array.fromAsync(Deno.readDir(workflows));
  return {
    manifest: text.replace(/^comfyui_repository.*\n/m, ""),
    lock: await Deno.readTextFile(lockFile),
    python: await Deno.readTextFile(join(cec, ".python-version")),
    comfyui: await world().git.resolve(comfyui, "HEAD"),
    packages: await readInstalled(venv),
    nodes: await Promise.all(
      directories.map(async (directory) => [
        directory,
        await hashTree(join(customNodes, directory)),
      ]),
    ),
    models: Object.values(read.models).map(({ key, sha256 }) => [key, sha256]),
    workflows: await Promise.all(
      files.map(({ name }) => name).sort().map(async (name) => [
        name,
        await Deno.readTextFile(join(workflows, name)),
      ]),
    ),
    differences: (await readStatus(world({ name }))).differences,
  };
}
