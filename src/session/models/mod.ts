/**
 * The index of models of a workspace, brought to what lies in directories.
 *
 * @example
 * ```ts
 * import { modelWorkspace, scanRequest, scanWorkspace } from "./mod.ts";
 * import type { Session } from "../mod.ts";
 * import { openWorkspace } from "../../workspace/reading/mod.ts";
 *
 * async function countFiles(session: Session, path: string): Promise<number> {
 *   const place = await modelWorkspace(session, await openWorkspace(path), "model scan");
 *   const request = await scanRequest(place, { named: [], env: session.env });
 *   return (await scanWorkspace(session, place, request)).report.files;
 * }
 * ```
 *
 * @module
 */
export { type ModelWorkspace, modelWorkspace, scanRequest } from "./place.ts";
export { type ModelNotes, registerFile } from "./register.ts";
export { previewWorkspace, type ScanWishes, scanWorkspace, type WorkspaceScan } from "./scan.ts";
