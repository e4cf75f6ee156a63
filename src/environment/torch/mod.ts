/**
 * Which builds of PyTorch an environment has.
 *
 * @example
 * ```ts
 * import { planTorch } from "./mod.ts";
 * import type { EnvironmentState } from "../mod.ts";
 * import { readTorchBackends } from "../../pyproject/mod.ts";
 *
 * async function useCpu(state: EnvironmentState): Promise<string> {
 *   const backends = await readTorchBackends();
 *   return planTorch(state, { backend: "cpu" }, backends, "pyproject.toml").manifestText;
 * }
 * ```
 *
 * @module
 */
export {
  planTorch,
  type TorchChoice,
  torchChoice,
  type TorchPlan,
  type TorchRequest,
} from "./plan.ts";
