import { ComfydockError } from "../../base/mod.ts";
import type { ComfyUISource } from "../../comfyui/mod.ts";
import {
  parseTorchIndex,
  setTorchBackend,
  type TorchBackends,
  type TorchIndex,
} from "../../pyproject/mod.ts";
import type { TorchDetection } from "../../torch/mod.ts";
import { checkNewEnvironmentName, type WorkspaceLayout } from "../../workspace/mod.ts";
import { environmentErrors } from "../errors.ts";

/** What `create` is asked for. */
export interface CreateRequest {
  readonly name: string;
  /** Version of the Python, such as `3.12`; by default it is chosen. */
  readonly python?: string;
  /** `latest`, a release, a branch or a commit. */
  readonly comfyui: string;
  readonly source: ComfyUISource;
  /** `cpu`, `cuNNN`, `rocmX.Y`, `xpu`, `none`, or what was detected for `auto`. */
  readonly torch: string | TorchDetection;
  /** URL or absolute path of a directory. */
  readonly torchIndex?: string;
  /** Whether it becomes the active environment. */
  readonly use: boolean;
}

/** What is known of the workspace when a `create` is planned. */
export interface CreateFacts {
  readonly workspace: WorkspaceLayout;
  /** The names of the environments that exist. */
  readonly existing: readonly string[];
  readonly backends: TorchBackends;
}

/** What `create` will do. */
export interface CreatePlan {
  readonly name: string;
  readonly source: ComfyUISource;
  readonly comfyui: string;
  /** Absent: the newest installed one that ComfyUI supports, else one that uv fetches. */
  readonly python?: string;
  readonly torchBackend: string;
  /** What the backend was concluded from; empty when it was named. */
  readonly torchEvidence: TorchDetection["evidence"];
  readonly torchIndex?: TorchIndex;
  readonly backends: TorchBackends;
  readonly use: boolean;
}

/**
 * Decides what a new environment will be; nothing is read or changed.
 *
 * @throws `ENVIRONMENT_NAME_INVALID`, `ENVIRONMENT_EXISTS`, `PYTHON_UNSUITABLE`, `TORCH_BACKEND_INVALID`
 */
export function planCreate(request: CreateRequest, facts: CreateFacts): CreatePlan {
  const { name, python, torch, comfyui, source, use } = request;
  checkNewEnvironmentName(name, facts.existing);
  if (python !== undefined && !/^3\.\d{1,2}(\.\d{1,3})?$/.test(python)) {
    throw new ComfydockError(
      environmentErrors.PYTHON_UNSUITABLE,
      `Cannot use ${JSON.stringify(python.slice(0, 80))} as the Python of an environment`,
      { hint: "Name a version, such as --python 3.12" },
    );
  }
  const torchBackend = typeof torch === "string" ? torch : torch.backend;
  const torchIndex = request.torchIndex === undefined
    ? undefined
    : parseTorchIndex(request.torchIndex);
  // Refuses a backend that does not exist.
  setTorchBackend(facts.backends, torchBackend, torchIndex);
  return {
    name,
    source,
    comfyui,
    python,
    torchBackend,
    torchEvidence: typeof torch === "string" ? [] : torch.evidence,
    torchIndex,
    backends: facts.backends,
    use,
  };
}
