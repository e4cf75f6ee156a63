/**
 * Where things lie in a workspace, for who only needs a path of it.
 *
 * @example
 * ```ts
 * import { workspaceLayout } from "./mod.ts";
 *
 * const { modelIndex } = workspaceLayout("comfy");
 * ```
 *
 * @module
 */
export {
  type EnvironmentLayout,
  environmentLayout,
  type WorkspaceLayout,
  workspaceLayout,
} from "../layout.ts";
