/**
 * The node classes of a registry cache, read from its bytes without making values of them: most are met many times.
 *
 * @example
 * ```ts
 * import { ClassReader } from "./mod.ts";
 *
 * const node = { comfy_node_name: "Load", input_types: '{"required":{}}' };
 * new ClassReader().keysOf([node], "comfy_nodes"); // [`Load::${its signature}`]
 * ```
 *
 * @module
 */
export { type ClassPlace, ClassReader } from "./class_reader.ts";
export { ClassScanner, type ScannedPackage } from "./class_scan.ts";
