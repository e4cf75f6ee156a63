/**
 * Finds out which build of PyTorch suits this machine, by asking the drivers of its GPUs.
 *
 * @example
 * ```ts
 * import { detectTorchBackend } from "./mod.ts";
 * import { createRunner } from "../tools/mod.ts";
 *
 * const env = Deno.env.toObject();
 * const { backend, evidence } = await detectTorchBackend(createRunner({ env }), { env });
 * ```
 *
 * @module
 */
export { detectTorchBackend, type DetectTorchOptions } from "./detect.ts";
export { torchErrors } from "./errors.ts";
export type { TorchDetection, TorchEvidence, TorchPlatform } from "./types.ts";
