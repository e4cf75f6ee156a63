/**
 * The program itself: which release would take its place, and putting it there.
 *
 * @example
 * ```ts
 * import { createHttpClient } from "../../http/mod.ts";
 * import { parseDistribution } from "../mod.ts";
 * import { planUpdate } from "./mod.ts";
 *
 * const plan = () =>
 *   planUpdate(createHttpClient(), {
 *     program: { path: "/opt/bin/comfydock", version: "0.1.0", target: "x86_64-unknown-linux-gnu" },
 *     distribution: parseDistribution("https://git.example.org/someone/comfydock"),
 *   });
 * ```
 *
 * @module
 */
export { applyUpdate, undoUpdate, type UpdateWorld } from "./apply.ts";
export { ownerOf, type PackageManager } from "./owner.ts";
export {
  type InstalledProgram,
  keptPath,
  planUpdate,
  refuseOwned,
  type UpdatePlan,
  type UpdateRequest,
} from "./plan.ts";
