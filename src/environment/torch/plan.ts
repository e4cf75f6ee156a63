import {
  editManifest,
  type Manifest,
  setTorchBackend,
  type TorchBackends,
  type TorchIndex,
} from "../../pyproject/mod.ts";
import type { EnvironmentState } from "../types.ts";

/** Which builds of PyTorch an environment shall have. */
export interface TorchRequest {
  /** `cpu`, `cuNNN`, `rocmX.Y`, `xpu` or `none`; `auto` must have been settled before. */
  readonly backend: string;
  /** Where the builds come from, if not from PyTorch's own index. */
  readonly index?: TorchIndex;
}

/** Where an environment takes its builds of PyTorch from. */
export interface TorchChoice {
  /** Absent where nobody has chosen. */
  readonly backend?: string;
  /** Address or path of the index; absent for the default index of packages. */
  readonly index?: string;
}

/** What becomes of the manifest. */
export interface TorchPlan {
  readonly manifestText: string;
  readonly before: TorchChoice;
  readonly after: TorchChoice;
}

/**
 * Decides how the manifest gets another backend of PyTorch.
 *
 * @param state What the files of the environment say.
 * @param path The manifest's path, for messages.
 * @throws `TORCH_BACKEND_INVALID`, `TORCH_SOURCE_FOREIGN`
 */
export function planTorch(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  { backend, index }: TorchRequest,
  backends: TorchBackends,
  path: string,
): TorchPlan {
  const text = editManifest(manifestText, [setTorchBackend(backends, backend, index)], path);
  const url = index?.url ?? backends.index.replace("{backend}", () => backend);
  return {
    manifestText: text,
    before: torchChoice(manifest),
    after: { backend, index: backend === "none" ? undefined : url },
  };
}

/** Reads where an environment takes its builds of PyTorch from. */
export function torchChoice({ environment, uv }: Manifest): TorchChoice {
  const backend = environment.torchBackend;
  const index = uv.indexes.find(({ name }) => name === `pytorch-${backend}`)?.url;
  return { backend, index };
}
