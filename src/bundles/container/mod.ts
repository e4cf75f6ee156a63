/**
 * Containers: the files from which an environment is built into an image, with uv, layer by layer.
 *
 * @example
 * ```ts
 * import { exportContainer } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../environment/mod.ts";
 *
 * async function imageOf(world: EnvironmentWorld, directory: string): Promise<string> {
 *   const request = { directory, nodes: "own", dryRun: false } as const;
 *   return (await exportContainer(world, request)).base.image;
 * }
 * ```
 *
 * @module
 */
export { containerErrors } from "./errors.ts";
export { type ContainerRequest, exportContainer, prepareContainer } from "./export.ts";
export type {
  ContainerBase,
  ContainerGpu,
  ContainerPlan,
  ContainerStep,
  Mount,
  Step,
} from "./types.ts";
