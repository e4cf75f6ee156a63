import { join } from "node:path";
import { systemClock, type WorkEvent } from "../../src/base/mod.ts";
import { createHttpClient } from "../../src/http/mod.ts";
import type { NodeTarget, NodeWorld } from "../../src/nodes/mod.ts";
import { command, type CommandRunner, createGit, createRunner } from "../../src/tools/mod.ts";
import { type WorkspaceLayout, workspaceLayout } from "../../src/workspace/mod.ts";

/** A workspace to get node packs into, with a home directory of its own. */
export interface NodeTestWorld {
  readonly root: string;
  readonly workspace: WorkspaceLayout;
  /** What the work told so far. */
  readonly events: WorkEvent[];
  readonly runner: CommandRunner;
  /** The variables that children get. */
  readonly env: Readonly<Record<string, string>>;
  world(options?: Partial<NodeWorld>): NodeWorld;
  /** Adds lines to the user's `.gitconfig`. */
  configureGit(text: string): Promise<void>;
  /** Codes of the warnings so far. */
  warnings(): readonly string[];
}

/** Runs a test with an empty workspace. */
export async function withNodeWorld(work: (test: NodeTestWorld) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const home = join(root, "home");
  const config = join(home, ".gitconfig");
  await Deno.mkdir(home);
  await Deno.writeTextFile(config, "[user]\nname = test\nemail = test@localhost\n");
  const env = { ...Deno.env.toObject(), HOME: home, USERPROFILE: home };
  const runner = createRunner({ env });
  const workspace = workspaceLayout(join(root, "ws"));
  const events: WorkEvent[] = [];
  try {
    await work({
      root,
      workspace,
      events,
      runner,
      env,
      world: (options = {}) => ({
        workspace,
        git: createGit(runner),
        http: () => Promise.resolve(createHttpClient({ clock: systemClock })),
        clock: systemClock,
        report: { emit: (event) => void events.push(event) },
        offline: false,
        ...options,
      }),
      configureGit: (text) => Deno.writeTextFile(config, text, { append: true }),
      warnings: () => events.flatMap((event) => event.kind === "warned" ? [event.code] : []),
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** A registry pack as a target. */
export function registryTarget(
  downloadUrl: string,
  facts: Partial<Extract<NodeTarget, { source: "registry" }>> = {},
): Extract<NodeTarget, { source: "registry" }> {
  return {
    source: "registry",
    id: "sample-pack",
    name: "Sample Pack",
    version: "1.0.0",
    downloadUrl,
    listedRequirements: [],
    ...facts,
  };
}

/** All paths below a directory, relative, directories with a slash at the end; sorted. */
export async function pathsBelow(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (path: string, above: string) => {
    for await (const { name, isDirectory } of Deno.readDir(path)) {
      found.push(`${above}${name}${isDirectory ? "/" : ""}`);
      if (isDirectory) await visit(join(path, name), `${above}${name}/`);
    }
  };
  await visit(directory, "");
  return found.sort();
}

/** Writes files below a directory. */
export async function writeFiles(
  directory: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(join(directory, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(directory, path), text);
  }
}

/** A repository that packs come from. */
export interface PackRepository {
  /** The address that packs name; the user's git finds the repository behind it by `insteadOf`. */
  readonly url: string;
  /** Where it lies. */
  readonly path: string;
  git(...args: string[]): Promise<string>;
  /** Writes files, commits all there is, and returns the commit. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
}

/** Makes a repository that is reached as `https://git.test/NAME`. */
export async function makeRepository(test: NodeTestWorld, name: string): Promise<PackRepository> {
  const path = join(test.root, "repositories", name);
  const url = `https://git.test/${name}`;
  const git = async (...args: string[]) =>
    (await test.runner.run(command({ program: "git", args, cwd: path }))).stdout.trim();
  await Deno.mkdir(path, { recursive: true });
  await git("init", "--quiet", "--initial-branch=main");
  await test.configureGit(`[url "${path}"]\ninsteadOf = ${url}\n`);
  return {
    url,
    path,
    git,
    async commit(files) {
      await writeFiles(path, files);
      await git("add", "--all");
      await git("commit", "--quiet", "--allow-empty", "--message", "change");
      return await git("rev-parse", "HEAD");
    },
  };
}
