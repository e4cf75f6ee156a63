/**
 * What a new environment will be, from what is wished for and the settings.
 *
 * @example
 * ```ts
 * import { prepareCreate } from "./mod.ts";
 * import { applyCreate } from "../../environment/create/mod.ts";
 * import type { Session } from "../mod.ts";
 * import { openWorkspace } from "../../workspace/reading/mod.ts";
 *
 * async function make(session: Session, path: string, name: string): Promise<string> {
 *   const { place, plan } = await prepareCreate(session, await openWorkspace(path), name);
 *   return (await applyCreate(place.world, plan)).path;
 * }
 * ```
 *
 * @module
 */
export { configuredComfyUI, detectedTorch, suitableTorch } from "./fallbacks.ts";
export { type CreateWishes, prepareCreate, type PreparedCreate } from "./prepare.ts";
