import { join } from "node:path";

/** Where everything of a workspace lies; absolute paths. */
export interface WorkspaceLayout {
  readonly root: string;
  readonly metadata: string;
  /** `.metadata/workspace.json`: the active environment and the workspace's settings. */
  readonly workspaceFile: string;
  readonly apiCache: string;
  readonly nodeIndex: string;
  /** Published node mappings that were pulled; the node index is made from them. */
  readonly pulledMappings: string;
  readonly modelIndex: string;
  readonly locks: string;
  /** One directory for each transaction under way. */
  readonly journal: string;
  /** The last transaction of each environment, so that it can be taken back. */
  readonly undo: string;
  readonly cache: string;
  /** The trees of node packs by their digest. */
  readonly nodeStore: string;
  /** Bare mirrors of node packs' repositories. */
  readonly nodeMirrors: string;
  /** Bare mirrors of ComfyUI's repository. */
  readonly comfyuiMirrors: string;
  /** The classes of ComfyUI by commit. */
  readonly comfyuiClasses: string;
  readonly downloads: string;
  /** The model directory as long as none is configured. */
  readonly defaultModels: string;
  readonly environments: string;
  readonly logs: string;
  readonly uvCache: string;
  readonly uvPython: string;
  readonly uvBin: string;
  readonly trash: string;
}

/** Where everything of one environment lies; absolute paths. */
export interface EnvironmentLayout {
  readonly name: string;
  readonly root: string;
  /** The git repository of the environment. */
  readonly cec: string;
  readonly manifest: string;
  readonly lockFile: string;
  readonly workflows: string;
  readonly ignoreFile: string;
  readonly pythonVersion: string;
  readonly venv: string;
  readonly comfyui: string;
  readonly customNodes: string;
  readonly log: string;
}

/**
 * Names the paths of a workspace; the disk is not asked.
 *
 * @param root Absolute path of the workspace.
 */
export function workspaceLayout(root: string): WorkspaceLayout {
  const metadata = join(root, ".metadata");
  const cache = join(root, "comfydock_cache");
  return {
    root,
    metadata,
    workspaceFile: join(metadata, "workspace.json"),
    apiCache: join(metadata, "api_cache.db"),
    nodeIndex: join(metadata, "node_index.db"),
    pulledMappings: join(metadata, "published_mappings.json.gz"),
    modelIndex: join(metadata, "model_index.db"),
    locks: join(metadata, "locks"),
    journal: join(metadata, "journal"),
    undo: join(metadata, "undo"),
    cache,
    nodeStore: join(cache, "custom_nodes", "store"),
    nodeMirrors: join(cache, "custom_nodes", "mirrors"),
    comfyuiMirrors: join(cache, "comfyui"),
    comfyuiClasses: join(cache, "comfyui_classes"),
    downloads: join(cache, "downloads"),
    defaultModels: join(cache, "models"),
    environments: join(root, "environments"),
    logs: join(root, "logs"),
    uvCache: join(root, "uv_cache"),
    uvPython: join(root, "uv", "python"),
    uvBin: join(root, "uv", "bin"),
    trash: join(root, "trash"),
  };
}

/** Names the paths of one environment; the name must have been checked. */
export function environmentLayout(workspace: WorkspaceLayout, name: string): EnvironmentLayout {
  const root = join(workspace.environments, name);
  const cec = join(root, ".cec");
  const comfyui = join(root, "ComfyUI");
  return {
    name,
    root,
    cec,
    manifest: join(cec, "pyproject.toml"),
    lockFile: join(cec, "uv.lock"),
    workflows: join(cec, "workflows"),
    ignoreFile: join(cec, ".comfydockignore"),
    pythonVersion: join(cec, ".python-version"),
    venv: join(root, ".venv"),
    comfyui,
    customNodes: join(comfyui, "custom_nodes"),
    log: join(workspace.logs, `${name}.log`),
  };
}
