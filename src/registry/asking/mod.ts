/**
 * Asking the Comfy Registry about single packages, without what crawls and keeps all of it.
 *
 * @example
 * ```ts
 * import { createHttpClient } from "../../http/mod.ts";
 * import { createRegistryClient } from "./mod.ts";
 *
 * const registry = createRegistryClient(createHttpClient(), "http://127.0.0.1:8080");
 * const ask = () => registry.packageById("comfyui-impact-pack");
 * ```
 *
 * @module
 */
export type { OwnedVersion, Page } from "../answers.ts";
export {
  createRegistryClient,
  type NodeClasses,
  type RegistryClient,
  type VersionName,
} from "../client.ts";
export { registryErrors } from "../errors.ts";
export type { RegistryNodeClass, RegistryPackage, RegistryVersion } from "../types.ts";
