import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { startSampleRegistry } from "../../src/demo/mod.ts";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { command, createRunner } from "../../src/tools/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { withTempDir } from "./alone.ts";
import { pngWith } from "./carriers.ts";
import { realToolVariables } from "./real_tools.ts";
import { type CliRun, environmentOf } from "./run_cli.ts";
import { todayFiles } from "./templates/layouts.ts";

/** A machine that has what the pages of the docs speak of, with one workspace for all of them. */
export interface DocsScene {
  readonly root: string;
  /** Where the lines of a page are typed; `~` is `home` in it. */
  directory(page: string): Promise<string>;
  /** Runs git. */
  git(...args: string[]): Promise<string>;
  /** Types lines in the directory of a page, until one fails; ends with what each left behind. */
  type(page: string, lines: readonly (readonly string[])[], offline: boolean): Promise<CliRun[]>;
}

/** The address that stands in the docs for somebody's server; here it is a directory. */
const SERVER = "https://git.example/";
const COMFYUI = "https://github.com/Comfy-Org/ComfyUI.git";
/** The day on which the docs restore a snapshot. */
const NOW = "2026-08-19T02:00:00Z";

const WORKFLOW = JSON.stringify({
  nodes: [{ id: 1, type: "KSampler", widgets_values: [5] }],
  links: [],
});

/** Runs work on such a machine; git is told to find ComfyUI and the server of the docs in directories. */
export async function withDocsScene(work: (scene: DocsScene) => Promise<void>): Promise<void> {
  await using registry = await startSampleRegistry();
  await withTempDir(async (temporary) => {
    const root = await Deno.realPath(temporary);
    const source = join(root, "source", "ComfyUI");
    const settings = join(root, "gitconfig");
    const servers = join(root, "servers");
    await Deno.writeTextFile(settings, gitSettings(source, servers));
    const variables = {
      ...await realToolVariables(),
      COMFYDOCK_HOME: join(root, "workspace"),
      COMFYDOCK_MANAGER_URL: registry.managerUrl,
      COMFYDOCK_NOW: NOW,
      COMFYDOCK_REGISTRY_URL: registry.url,
      COMFYDOCK_TORCH_BACKEND: "none",
      GIT_CONFIG_GLOBAL: settings,
      GIT_CONFIG_NOSYSTEM: "1",
    };
    const runner = createRunner({ env: { ...Deno.env.toObject(), ...variables } });
    await makeSampleComfyUI(source, runner);
    const git = async (...args: string[]) =>
      (await runner.run(command({ program: "git", args }))).stdout.trim();
    await git("init", "-q", "--bare", join(servers, "me", "my-env.git"));
    const directory = async (page: string) => {
      const path = join(root, page.replace(/^docs\//, "").replace(/\.md$/, ""));
      await Deno.mkdir(join(path, "home"), { recursive: true });
      return path;
    };
    await work({
      root,
      directory,
      git,
      type: async (page, lines, offline) => {
        const cwd = await directory(page);
        const env = { ...variables, ...offline ? { COMFYDOCK_OFFLINE: "1" } : {} };
        return await typeLines(cwd, lines, environmentOf(join(cwd, "home"), { env }));
      },
    });
  });
}

/** Puts the files where the lines of a page look for them. */
export async function furnish(page: string, scene: DocsScene): Promise<void> {
  const directory = await scene.directory(page);
  const put = async (path: string, content: string | Uint8Array) => {
    await Deno.mkdir(dirname(join(directory, path)), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(join(directory, path), bytes);
  };
  const comfyui = () => scene.git("ls-remote", COMFYUI, "HEAD").then((line) => line.slice(0, 40));
  const pages: Readonly<Record<string, () => Promise<unknown>>> = {
    "docs/first_ten_minutes.md": () => put("cat.png", pngWith({ workflow: WORKFLOW })),
    "docs/air_gapped.md": async () => {
      const made = await scene.directory("docs/data_maintainers.md");
      const mappings = await Deno.readFile(join(made, "data", "node_mappings.json"));
      await put("data/registry/node_mappings.json", mappings);
    },
    "docs/templates.md": async () => {
      for (const [path, content] of todayFiles()) await put(path, content);
      await scene.git("-C", directory, "init", "-q");
      await scene.git("-C", directory, "add", "--all");
      await scene.git("-C", directory, "commit", "-q", "-m", "first");
      await scene.git("-C", directory, "tag", "v0.5.0");
    },
    "docs/ci.md": () => put("workflows/portrait.json", WORKFLOW),
    "docs/moving.md": async () => {
      await scene.git("clone", "-q", COMFYUI, join(directory, "home", "ComfyUI"));
      await put("2026-01-01_snapshot.json", snapshotOf(await comfyui()));
      const portraits = "home/comfygit/environments/portraits/.cec";
      await put(`${portraits}/pyproject.toml`, comfygitManifest(await comfyui()));
      await put(`${portraits}/workflows/face.json`, WORKFLOW);
    },
  };
  await pages[page]?.();
}

async function typeLines(
  cwd: string,
  lines: readonly (readonly string[])[],
  env: Readonly<Record<string, string>>,
): Promise<CliRun[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", join(projectRoot, "tests", "support", "typist.ts")],
    cwd,
    clearEnv: true,
    env: { ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const atHome = lines.map((words) =>
    words.map((word) => word.replace(/^~(?=\/)/, join(cwd, "home")))
  );
  const [{ code, stdout }] = await Promise.all([
    child.output(),
    new Response(JSON.stringify(atHome)).body!.pipeTo(child.stdin),
  ]);
  if (code !== 0) throw new Error(`Cannot type lines: the process ended with ${code}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

function gitSettings(source: string, servers: string): string {
  const instead = (path: string, url: string) =>
    `[url "${pathToFileURL(path)}"]\n\tinsteadOf = ${url}\n`;
  const identity = "[user]\n\tname = test\n\temail = test@localhost\n";
  return identity + instead(source, COMFYUI) + instead(`${servers}/`, SERVER);
}

function snapshotOf(comfyui: string): string {
  return JSON.stringify({
    comfyui,
    git_custom_nodes: {},
    cnr_custom_nodes: {},
    file_custom_nodes: [],
    pips: {},
  });
}

function comfygitManifest(commit: string): string {
  return `[project]
name = "comfygit-env-portraits"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["aiohttp>=3.11.8"]

[tool.comfygit]
schema_version = 2
comfyui_version = "v0.2.0"
comfyui_version_type = "release"
comfyui_commit_sha = "${commit}"

[tool.comfygit.workflows.face]
path = "workflows/face.json"
`;
}
