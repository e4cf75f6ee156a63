/**
 * What a node pack asks of Python, read from its files without running any of them.
 *
 * @example
 * ```ts
 * import { readPackRequirements } from "./mod.ts";
 *
 * const tree = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${tree}/requirements.txt`, "numpy>=1.26 # arrays\n-e .\n");
 * const { requirements, findings } = await readPackRequirements(tree);
 * console.assert(requirements[0]?.requirement === "numpy>=1.26");
 * console.assert(findings[0]?.code === "REQUIREMENT_EDITABLE");
 * ```
 *
 * @module
 */
export { listedRequirements, type PackRequirementsOptions, readPackRequirements } from "./read.ts";
