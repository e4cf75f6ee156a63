import { createHash } from "node:crypto";
import { join } from "node:path";
import { readInstalled } from "../../src/environment/mod.ts";
import { command, createGit, createRunner, type Git } from "../../src/tools/mod.ts";
import type { EnvironmentFixture } from "./environment_fixture.ts";
import { safetensorsBytes } from "./model_files.ts";
import { packFiles } from "./node_packs.ts";
import { put } from "./tracked_workflows.ts";

/** An install of ComfyUI that grew without comfydock. */
export interface ForeignInstall {
  /** The directory around ComfyUI. */
  readonly path: string;
  readonly comfyui: string;
  /** The commit of ComfyUI's HEAD. */
  readonly commit: string;
  /** The commit of the pack `brush`. */
  readonly brush: string;
}

/** Makes the portable kind: an embedded Python beside ComfyUI, packs of every origin, models, workflows of two users. */
export async function makePortable(fixture: EnvironmentFixture): Promise<ForeignInstall> {
  const path = join(fixture.root, "ComfyUI_portable");
  const comfyui = join(path, "ComfyUI");
  const git = gitOf(fixture);
  await Deno.mkdir(path);
  await git.run("clone", "-q", "--no-hardlinks", fixture.source, comfyui);
  const brush = await makeRepository(git, join(fixture.root, "brush.src"), packFiles(BRUSH));
  const packs = join(comfyui, "custom_nodes");
  await git.run("clone", "-q", `file://${join(fixture.root, "brush.src")}`, join(packs, "Brush"));
  await putAll(join(packs, "alpha"), { ...packFiles(ALPHA), ".tracking": "__init__.py\n" });
  await putAll(join(packs, "homemade"), { "__init__.py": "NODE_CLASS_MAPPINGS = {}\n" });
  await putAll(join(packs, ".disabled", "beta@1_0_0"), { ...packFiles(BETA), ".tracking": "" });
  await put(join(packs, "single.py"), 'NODE_CLASS_MAPPINGS = {"Single": None}\n');
  await putPython(fixture, join(path, "python_embeded"));
  await putModel(join(comfyui, "models", "checkpoints"), "base");
  await putModel(join(path, "more"), "styles");
  const list = `extra:\n  base_path: ..\n  loras: more\n  checkpoints: gone\n`;
  await put(join(comfyui, "extra_model_paths.yaml"), list);
  const portrait = '{"nodes": [{"id": 1, "type": "alphaNode"}], "links": []}';
  await put(join(comfyui, "user", "default", "workflows", "sub", "portrait.json"), portrait);
  await put(join(comfyui, "user", "alice", "workflows", "own.json"), '{"nodes": []}');
  await put(join(comfyui, "output", "picture.png"), "no picture");
  return { path, comfyui, commit: await git.run("-C", comfyui, "rev-parse", "HEAD"), brush };
}

/** git, and any command line of it. */
export interface TestGit extends Git {
  run(...args: string[]): Promise<string>;
}

/** A digest of all there is below a directory: paths, kinds, sizes, times of change, bytes. */
export async function digestOfTree(root: string): Promise<string> {
  const hash = createHash("sha256");
  const visit = async (path: string) => {
    const info = await Deno.lstat(path);
    hash.update(JSON.stringify([path, info.isFile, info.isSymlink, info.mode, info.mtime]));
    if (info.isFile) hash.update(await Deno.readFile(path));
    if (!info.isDirectory) return;
    const names = (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name).sort();
    for (const name of names) await visit(join(path, name));
  };
  await visit(root);
  return hash.digest("hex");
}

/** Writes what pip leaves of a package. */
export async function putDistribution(
  sitePackages: string,
  name: string,
  version: string,
  { requested = false, direct, requires = [] }: {
    readonly requested?: boolean;
    readonly direct?: string;
    readonly requires?: readonly string[];
  } = {},
): Promise<void> {
  const place = join(sitePackages, `${name.replaceAll("-", "_")}-${version}.dist-info`);
  const needs = requires.map((requirement) => `Requires-Dist: ${requirement}\n`).join("");
  await put(
    join(place, "METADATA"),
    `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n${needs}\ntext\n`,
  );
  if (requested) await put(join(place, "REQUESTED"), "");
  if (direct !== undefined) await put(join(place, "direct_url.json"), direct);
}

/** git with the settings of a fixture. */
export function gitOf({ env }: EnvironmentFixture): TestGit {
  const runner = createRunner({ env: { ...Deno.env.toObject(), ...env } });
  const run = async (...args: string[]): Promise<string> => {
    const { stdout } = await runner.run(command({ program: "git", args }));
    return stdout.trim();
  };
  return { run, ...createGit(runner) };
}

const ALPHA = { id: "alpha", version: "1.0.0" };
const BETA = { id: "beta", version: "1.0.0" };
const BRUSH = { id: "brush", version: "0.1.0" };

/** An embedded Python with the packages of `demo`, one in a version that nobody has, and some that nobody needs. */
async function putPython({ environment }: EnvironmentFixture, python: string): Promise<void> {
  const version = (await Deno.readTextFile(environment.pythonVersion)).trim();
  await put(join(python, `python${version.replace(".", "")}._pth`), ".\n");
  const packages = join(python, "Lib", "site-packages");
  for (const [name, version] of Object.entries(await readInstalled(environment.venv) ?? {})) {
    await putDistribution(packages, name, name === "packaging" ? "1.0.77" : version);
  }
  await putDistribution(packages, "nobody-needs-this", "3.2.1");
  await putDistribution(packages, "from-a-path", "1.0", {
    direct: '{"url": "file:///x", "dir_info": {}}',
  });
  await putDistribution(packages, "torch", "2.5.1+cpu");
  await put(join(packages, "broken-1.0.dist-info", "METADATA"), "\0\0nothing");
}

async function putModel(directory: string, name: string): Promise<void> {
  await Deno.mkdir(directory, { recursive: true });
  const tail = new TextEncoder().encode(name);
  const bytes = safetensorsBytes({ weight: { dtype: "F32", shape: [64] } }, { tail });
  await Deno.writeFile(join(directory, `${name}.safetensors`), bytes);
}

/** Makes a repository of files, and returns its commit. */
export async function makeRepository(
  git: TestGit,
  path: string,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  await putAll(path, files);
  await git.init(path);
  await git.add(path);
  return await git.commit(path, "Brush");
}

async function putAll(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await put(join(root, path), text);
}
