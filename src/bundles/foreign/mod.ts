/**
 * What other tools wrote, told in our words: snapshots of ComfyUI-Manager, packs of comfy-pack, environments of comfygit.
 *
 * @example
 * ```ts
 * import { readForeignFile } from "./mod.ts";
 *
 * const described = await readForeignFile("2026-01-01_snapshot.json", "snapshot.json");
 * console.log(described?.takeover.packs.length);
 * ```
 *
 * @module
 */
export { openDescription } from "./open.ts";
export { findInWorkspace, readForeignDirectory } from "./read_directory.ts";
export { readForeignFile } from "./read_file.ts";
export type { ForeignDescription, ForeignKind, ForeignTools } from "./types.ts";
