/**
 * The manifest of an environment, `pyproject.toml`: a checked read model, and edits that keep all that they do not change.
 *
 * @example
 * ```ts
 * import { addDependency, editManifest, readManifest } from "./mod.ts";
 *
 * const text = '[project]\nname = "demo"\ndependencies = [] # from ComfyUI\n';
 * const edited = editManifest(text, [addDependency("numpy>=1.26")], "pyproject.toml");
 * console.assert(readManifest(edited, "pyproject.toml").project.dependencies[0] === "numpy>=1.26");
 * ```
 *
 * @module
 */
export { convertLegacyManifest, type NewManifest, newManifest } from "./create.ts";
export {
  addConstraint,
  addDependency,
  dependsOn,
  removeConstraint,
  removeDependency,
  setDependencies,
} from "./dependencies.ts";
export { editManifest, type ManifestEdit } from "./edit_manifest.ts";
export {
  removeModel,
  removeNode,
  setEnvironmentFacts,
  setModel,
  setModelChoice,
  setNode,
  setNodeChoice,
  setTrackedWorkflow,
  untrackWorkflow,
} from "./entries.ts";
export { pyprojectErrors } from "./errors.ts";
export {
  addToGroup,
  nodeGroupName,
  removeFromGroup,
  removeGroup,
  setGroup,
  TORCH_GROUP,
} from "./groups.ts";
export {
  type EnvironmentFacts,
  type GroupItem,
  type Manifest,
  MANIFEST_SCHEMA,
  type ManifestModel,
  type ManifestNode,
  type ManifestProject,
  type ModelSource,
  type NodeSource,
  type TrackedWorkflow,
  type UvIndex,
  type UvSettings,
  type WorkflowRequirements,
} from "./manifest.ts";
export { markerProblem } from "./marker.ts";
export { MAX_MANIFEST_BYTES, readManifest } from "./read_manifest.ts";
export {
  normalizePackageName,
  parseRequirement,
  type Requirement,
  requirementName,
} from "./requirement.ts";
export { type LogicalLine, logicalLines } from "./requirement_lines.ts";
export { requirementSlot } from "./requirement_list.ts";
export {
  parseTorchIndex,
  readTorchBackends,
  setTorchBackend,
  type TorchBackends,
  type TorchIndex,
  type TorchKind,
} from "./torch.ts";
export { getAt, withAt, withoutAt } from "./tables.ts";
export type { TomlStyle } from "./toml_build.ts";
export type { TomlPath } from "./toml_document.ts";
export { type EditOptions, editToml } from "./toml_edit.ts";
export { lineOfToml } from "./toml_line.ts";
export { isArray, isTable, sameValue, type TomlTable, type TomlValue } from "./toml_value.ts";
