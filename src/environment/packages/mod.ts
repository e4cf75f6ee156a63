/**
 * The Python packages that an environment asks for: requirements, constraints, and how they stand.
 *
 * @example
 * ```ts
 * import { planRequirements } from "./mod.ts";
 * import type { EnvironmentState } from "../mod.ts";
 *
 * function addNumpy(state: EnvironmentState): string {
 *   const request = { place: { kind: "project" }, add: ["numpy>=1.26"] } as const;
 *   return planRequirements(state, request, "pyproject.toml").manifestText;
 * }
 * ```
 *
 * @module
 */
export {
  planRequirements,
  type RequirementPlace,
  type RequirementPlan,
  type RequirementRequest,
  requirementsIn,
} from "./edits.ts";
export {
  type DeclaredRequirement,
  type ListedPackage,
  listPackages,
  type PackageFacts,
  type PackageOwner,
} from "./list.ts";
export { requiredPackage } from "../diff/manifests.ts";
export { readPackageFacts } from "./read.ts";
export { readRequirementFile } from "./requirement_file.ts";
