/**
 * ComfyUI itself: versions from git, one bare mirror per source, working copies, and what a checkout says about itself.
 *
 * @example
 * ```ts
 * import { checkoutComfyUI, type ComfyUIWorld, obtainComfyUI, readComfyUISource } from "./mod.ts";
 *
 * async function getLatest(world: ComfyUIWorld, url: string, directory: string) {
 *   const source = await readComfyUISource(url, Deno.cwd());
 *   const { commit } = await obtainComfyUI(world, source, "latest");
 *   await checkoutComfyUI(world, source, commit, directory);
 * }
 * ```
 *
 * @module
 */
export { checkoutComfyUI, requireComfyUI } from "./checkout.ts";
export { type CheckoutState, readCheckoutState } from "./state/mod.ts";
export {
  builtinClasses,
  classNamesIn,
  packClasses,
  readBuiltinClasses,
  readClassNames,
} from "./classes/mod.ts";
export { comfyuiErrors } from "./errors.ts";
export { type ComfyUIFacts, readComfyUIFacts, readMirroredFacts } from "./facts.ts";
export { type CommitsBetween, readCommitsBetween } from "./between.ts";
export { type ComfyUIKnowledge, readComfyUIKnowledge } from "./knowledge.ts";
export { obtainComfyUI } from "./obtain.ts";
export { takePackedComfyUI } from "./packed.ts";
export {
  choosePython,
  type ChosenPython,
  isSupportedPython,
  readSupportedPython,
  type SupportedPython,
} from "./python_range.ts";
export { type OddLine, parseRequirementLines, type RequirementLines } from "./requirements.ts";
export { readComfyUISource, readDefaultComfyUIUrl, recordedComfyUISource } from "./source.ts";
export type { ComfyUISource, ComfyUIVersion, ComfyUIWorld } from "./types.ts";
