/**
 * Gives environments other names.
 *
 * @example
 * ```ts
 * import { planRename } from "./mod.ts";
 * import { environmentLayout, workspaceLayout } from "../../workspace/reading/mod.ts";
 *
 * async function whatBecomesOfVenv(root: string): Promise<string> {
 *   const workspace = workspaceLayout(root);
 *   const layouts = ["old", "new"].map((name) => environmentLayout(workspace, name));
 *   return (await planRename(workspace, layouts[0]!, layouts[1]!)).venv;
 * }
 * ```
 *
 * @module
 */
export { applyRename } from "./apply.ts";
export { planRename } from "./plan.ts";
export type { RenamePlan, VenvFate } from "./types.ts";
