import { dirname, join, resolve } from "node:path";
import { ComfydockError, fileError } from "../base/mod.ts";
import { entriesIn, lookAt } from "./disk/mod.ts";
import { workspaceErrors } from "./errors.ts";
import { type WorkspaceLayout, workspaceLayout } from "./layout.ts";
import {
  readWorkspaceFile,
  type SettingValue,
  type WorkspaceFacts,
  workspaceText,
  writeWorkspaceFile,
} from "./workspace_file.ts";

/** What `init` is asked for. */
export interface InitRequest {
  /** Where the workspace shall be. */
  readonly path: string;
  /** An existing directory with models; by default the workspace's own. */
  readonly modelsDir?: string;
  /** Further settings of the workspace, checked. */
  readonly settings?: Readonly<Record<string, SettingValue>>;
  /** ISO 8601, written into a new workspace. */
  readonly now: string;
}

/** What `init` will do. */
export interface InitPlan {
  /** `keep`: it exists, and only what is missing is added. */
  readonly kind: "create" | "keep";
  readonly layout: WorkspaceLayout;
  /** Directories that are missing, parents first. */
  readonly directories: readonly string[];
  /** The `workspace.json` to write; absent when it stays as it is. */
  readonly facts?: WorkspaceFacts;
}

/**
 * Decides what is needed to make a directory a workspace; nothing is changed.
 *
 * @throws `WORKSPACE_DIRECTORY_FOREIGN` when other things are there, `WORKSPACE_NEWER`, `WORKSPACE_INVALID`,
 * `CONFIG_VALUE_INVALID` when the model directory is none
 */
export async function planInit(request: InitRequest): Promise<InitPlan> {
  const layout = workspaceLayout(resolve(request.path));
  const models: WorkspaceFacts["settings"] = request.modelsDir === undefined
    ? {}
    : { models_dir: await checkModels(request.modelsDir) };
  const settings = { ...request.settings, ...models };
  const exists = await lookAt(layout.workspaceFile) !== undefined;
  if (!exists) await refuseForeign(layout);
  const old = exists ? await readWorkspaceFile(layout) : undefined;
  const facts: WorkspaceFacts = old
    ? { ...old, settings: { ...old.settings, ...settings } }
    : { createdAt: request.now, settings, rest: {} };
  return {
    kind: old ? "keep" : "create",
    layout,
    directories: await missingDirectories(layout),
    facts: old && workspaceText(old) === workspaceText(facts) ? undefined : facts,
  };
}

/**
 * Makes the workspace that was planned; killed half-way, the same `init` goes on.
 *
 * @throws `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function applyInit({ layout, directories, facts }: InitPlan): Promise<void> {
  // The file comes first, because it is what tells our directory from a foreign one.
  if (facts) await writeWorkspaceFile(layout, facts);
  for (const directory of directories) {
    try {
      await Deno.mkdir(directory, { recursive: true });
    } catch (error) {
      throw fileError("Cannot create", directory, error);
    }
  }
}

async function missingDirectories(layout: WorkspaceLayout): Promise<readonly string[]> {
  const wanted = [
    layout.root,
    layout.metadata,
    layout.locks,
    layout.journal,
    layout.nodeStore,
    layout.comfyuiMirrors,
    layout.downloads,
    layout.defaultModels,
    layout.environments,
    layout.logs,
    layout.uvCache,
    layout.uvPython,
    layout.uvBin,
    layout.trash,
  ];
  const missing: string[] = [];
  for (const path of wanted) if (!await lookAt(path)) missing.push(path);
  return missing;
}

async function refuseForeign(layout: WorkspaceLayout): Promise<void> {
  const info = await lookAt(layout.root);
  if (!info) return;
  const directory = info.isDirectory ||
    (info.isSymlink && (await Deno.stat(layout.root)).isDirectory);
  const strangers = directory ? await strangersIn(layout) : ["it is a file"];
  if (strangers.length === 0) return;
  throw new ComfydockError(
    workspaceErrors.WORKSPACE_DIRECTORY_FOREIGN,
    `Cannot make a workspace of "${layout.root}": ${
      directory ? `it already holds "${strangers[0]}"` : strangers[0]
    }`,
    {
      hint: `Name a new or empty directory, such as comfydock init "${
        join(dirname(layout.root), "comfydock_workspace")
      }"`,
      details: { path: layout.root, found: strangers.slice(0, 10) },
    },
  );
}

/** What an `init` that was killed cannot have left. */
async function strangersIn(layout: WorkspaceLayout): Promise<readonly string[]> {
  const names = (await entriesIn(layout.root)).map(({ name }) => name);
  if (names.length !== 1 || names[0] !== ".metadata") return names;
  const inner = (await entriesIn(layout.metadata)).map(({ name }) => name);
  return inner.filter((name) => !/^\.workspace\.json\..*\.tmp$/.test(name));
}

async function checkModels(path: string): Promise<string> {
  const absolute = resolve(path);
  const isDirectory = await Deno.stat(absolute).then((info) => info.isDirectory, () => false);
  if (isDirectory) return absolute;
  throw new ComfydockError(
    workspaceErrors.CONFIG_VALUE_INVALID,
    `Cannot use "${absolute}" for models: it is no directory`,
    { hint: "Make the directory first, or name the one that holds your models", details: { path } },
  );
}
