/**
 * An environment of a workspace, opened with the settings that hold there.
 *
 * @example
 * ```ts
 * import { openEnvironment } from "./mod.ts";
 * import type { Session } from "../mod.ts";
 * import { findEnvironment, openWorkspace } from "../../workspace/reading/mod.ts";
 *
 * async function packagesOf(session: Session, path: string, name: string) {
 *   const workspace = await openWorkspace(path);
 *   const { world } = await openEnvironment(session, workspace, await findEnvironment(workspace, name));
 *   return (await world.uv()).packages(world.environment.venv);
 * }
 * ```
 *
 * @module
 */
export { type OpenedEnvironment, openEnvironment } from "./open.ts";
