/**
 * The settings that hold in a workspace, and how its locks are taken.
 *
 * @example
 * ```ts
 * import { readConfig } from "./mod.ts";
 * import { configValue } from "../../workspace/reading/mod.ts";
 *
 * async function fittingTorch(env: Readonly<Record<string, string | undefined>>): Promise<unknown> {
 *   return configValue(await readConfig({ env }), "torch_backend");
 * }
 * ```
 *
 * @module
 */
export { readConfig } from "./config.ts";
export { type LockSettings, lockSettings } from "./locks.ts";
export { shippedDefaults } from "./shipped_defaults.ts";
