/**
 * What an environment is imported from, opened with what completes the files of other tools.
 *
 * @example
 * ```ts
 * import { openImport } from "./mod.ts";
 * import type { Session } from "../mod.ts";
 * import { openWorkspace } from "../../workspace/reading/mod.ts";
 *
 * async function nodesIn(session: Session, path: string, file: string): Promise<readonly string[]> {
 *   const { source } = await openImport(session, await openWorkspace(path), file);
 *   await using opened = source;
 *   return Object.keys(opened.content.manifest.nodes);
 * }
 * ```
 *
 * @module
 */
export { type ImportWishes, type OpenedImport, openImport } from "./open.ts";
