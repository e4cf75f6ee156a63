/**
 * Reading a manifest, without anything that edits one: commands that only look start sooner.
 *
 * @example
 * ```ts
 * import { type Manifest, readManifest } from "./mod.ts";
 *
 * const trackedIn = (text: string): number => {
 *   const { workflows }: Manifest = readManifest(text, "pyproject.toml");
 *   return Object.keys(workflows).length;
 * };
 * ```
 *
 * @module
 */
export type { Manifest, TrackedWorkflow } from "../manifest.ts";
export { MAX_MANIFEST_BYTES, readManifest } from "../read_manifest.ts";
