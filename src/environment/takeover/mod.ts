/**
 * Environments made from what is known of another install: what is missing is found out, what cannot be is told.
 *
 * @example
 * ```ts
 * import { completeTakeover, type Takeover, type TakeoverTools } from "./mod.ts";
 * import type { EnvironmentWorld } from "../mod.ts";
 *
 * async function lockOf(world: EnvironmentWorld, takeover: Takeover, tools: TakeoverTools) {
 *   return (await completeTakeover(world, takeover, tools)).lockText;
 * }
 * ```
 *
 * @module
 */
export { type CompletedTakeover, completeTakeover } from "./complete.ts";
export { type FrozenPackages, parseFrozen } from "./frozen.ts";
export type { MadeFiles } from "./packs.ts";
export { torchBackendOf } from "./pins.ts";
export {
  gitReference,
  isManagerSnapshot,
  type ManagerSnapshot,
  parseManagerSnapshot,
  withoutCredentials,
} from "./snapshot.ts";
export type {
  Certainty,
  TakenPack,
  TakenPackage,
  TakenWorkflow,
  Takeover,
  TakeoverFinding,
  TakeoverPart,
  TakeoverTools,
} from "./types.ts";
