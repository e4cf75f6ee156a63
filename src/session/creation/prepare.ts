import { resolve } from "node:path";
import { readComfyUISource, readDefaultComfyUIUrl } from "../../comfyui/mod.ts";
import { type CreatePlan, planCreate } from "../../environment/create/mod.ts";
import { readTorchBackends } from "../../pyproject/mod.ts";
import {
  checkEnvironmentName,
  configValue,
  environmentLayout,
  isUndisturbed,
  listEnvironments,
  type Workspace,
} from "../../workspace/mod.ts";
import { type OpenedEnvironment, openEnvironment } from "../environment/mod.ts";
import type { Session } from "../types.ts";
import { detectSuitable } from "./fallbacks.ts";

/** What a new environment shall be; the settings say the rest. */
export interface CreateWishes {
  /** Version of the Python, such as `3.12`. */
  readonly python?: string;
  /** A release, branch, commit or `latest`. */
  readonly comfyui?: string;
  /** Address or directory of ComfyUI's repository. */
  readonly comfyuiSource?: string;
  /** `auto`, `cpu`, `cuNNN`, `rocmX.Y`, `xpu` or `none`. */
  readonly torchBackend?: string;
  /** URL or directory of the index that PyTorch comes from. */
  readonly torchIndex?: string;
  /** Whether it becomes the active environment; default no. */
  readonly use?: boolean;
}

/** A new environment that was decided on. */
export interface PreparedCreate {
  readonly place: OpenedEnvironment;
  readonly plan: CreatePlan;
}

/**
 * Decides what a new environment will be; the machine is asked for its drivers where PyTorch shall suit it.
 *
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`, `PYTHON_UNSUITABLE`, `TORCH_BACKEND_INVALID`,
 * `COMFYUI_SOURCE_INVALID`, `CONFIG_VALUE_INVALID`
 */
export async function prepareCreate(
  session: Session,
  workspace: Workspace,
  name: string,
  wishes: CreateWishes = {},
): Promise<PreparedCreate> {
  checkEnvironmentName(name);
  const layout = environmentLayout(workspace.layout, name);
  const place = await openEnvironment(session, workspace, layout);
  const setting = (key: string) => configValue(place.config, key)?.toString();
  const source = wishes.comfyuiSource ?? setting("comfyui_source") ??
    await readDefaultComfyUIUrl();
  const backend = wishes.torchBackend ?? setting("torch_backend") ?? "auto";
  const { torchIndex } = wishes;
  const request = {
    name,
    python: wishes.python ?? setting("default_python"),
    comfyui: wishes.comfyui ?? setting("comfyui_version") ?? "latest",
    source: await readComfyUISource(source, Deno.cwd()),
    torchIndex: torchIndex === undefined || /^[a-z][a-z0-9+.-]+:\/\//i.test(torchIndex)
      ? torchIndex
      : resolve(torchIndex),
    use: wishes.use ?? false,
  };
  const facts = {
    workspace: workspace.layout,
    // What an interrupted create has left is cleared away first; then the names are looked at again.
    existing: await isUndisturbed(workspace.layout) ? await listEnvironments(workspace.layout) : [],
    backends: await readTorchBackends(),
  };
  // What is wrong with the words shall be told before any driver is asked.
  planCreate({ ...request, torch: backend === "auto" ? "none" : backend }, facts);
  const torch = backend === "auto" ? await detectSuitable(place, session) : backend;
  return { place, plan: planCreate({ ...request, torch }, facts) };
}
