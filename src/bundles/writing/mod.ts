/**
 * Writing of bundles, without what reads and imports them: commands that export start sooner.
 *
 * @example
 * ```ts
 * import { exportEnvironment } from "./mod.ts";
 * import type { EnvironmentWorld } from "../../environment/world/mod.ts";
 *
 * async function pack(world: EnvironmentWorld, file: string): Promise<number | undefined> {
 *   const request = { file, nodes: "own", models: false, dryRun: false } as const;
 *   return (await exportEnvironment(world, request)).size;
 * }
 * ```
 *
 * @module
 */
export { exportEnvironment, type ExportReport, type ExportRequest } from "../export.ts";
export type { Platform } from "../wheels/platform.ts";
