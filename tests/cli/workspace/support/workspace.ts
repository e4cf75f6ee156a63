import { join } from "node:path";
import {
  applyInit,
  environmentLayout,
  planInit,
  type WorkspaceLayout,
  workspaceLayout,
} from "../../../../src/workspace/mod.ts";
import { type InProcessSettings, runInProcess } from "../../../support/run_in_process.ts";
import type { CliRun } from "../../../support/run_cli.ts";

/** A workspace, a home and a way to run commands in them. */
export interface WorkspaceFixture {
  /** Holds the workspace `ws` and the home `home`. */
  readonly root: string;
  readonly home: string;
  readonly layout: WorkspaceLayout;
  /** Variables that commands see. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs comfydock in this process. */
  run(argv: readonly string[], settings?: InProcessSettings): Promise<CliRun>;
  /** Makes directories that count as environments. */
  makeEnvironments(...names: readonly string[]): Promise<void>;
}

/** The manifest of a made-up environment. */
export const MANIFEST = '[project]\nname = "some"\n\n[tool.comfydock]\nversion = "1.0.0"\n';

/** Runs a test with an empty directory, where a workspace can be made. */
export async function withRoot(work: (fixture: WorkspaceFixture) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "comfydock-workspace-" }));
  const home = join(root, "home");
  await Deno.mkdir(home);
  const layout = workspaceLayout(join(root, "ws"));
  const env = { HOME: home, USERPROFILE: home, APPDATA: home, COMFYDOCK_HOME: layout.root };
  try {
    await work({
      root,
      home,
      layout,
      env,
      run: (argv, settings = {}) =>
        runInProcess(argv, { ...settings, env: { ...env, ...settings.env } }),
      async makeEnvironments(...names) {
        for (const name of names) {
          const { cec, manifest } = environmentLayout(layout, name);
          await Deno.mkdir(cec, { recursive: true });
          await Deno.writeTextFile(manifest, MANIFEST);
        }
      },
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Runs a test with a new workspace. */
export async function withWorkspace(
  work: (fixture: WorkspaceFixture) => Promise<void>,
): Promise<void> {
  await withRoot(async (fixture) => {
    const now = "2026-01-02T03:04:05.000Z";
    await applyInit(await planInit({ path: fixture.layout.root, now }));
    await work(fixture);
  });
}

/** The `data` of a run that went well, or found errors. */
export function dataOf<Data>({ json, stderr }: CliRun): Data {
  if (json?.data === undefined) throw new Error(`There is no data: ${stderr}`);
  return json.data as Data;
}

/** Every file below a directory with its text, to see that nothing changed. */
export async function textsBelow(directory: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for await (const { name, isDirectory, isFile } of Deno.readDir(directory)) {
    const path = join(directory, name);
    if (isDirectory) Object.assign(texts, await textsBelow(path));
    else if (isFile) texts[path] = await Deno.readTextFile(path);
  }
  return texts;
}

/** Whether something stands at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
