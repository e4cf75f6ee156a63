import { ComfydockError, compareVersions, holdsCredentials, redact } from "../../base/mod.ts";
import {
  addConstraint,
  addDependency,
  addToGroup,
  editManifest,
  type Manifest,
  type ManifestEdit,
  nodeGroupName,
  normalizePackageName,
  parseRequirement,
  pyprojectErrors,
  readManifest,
  removeConstraint,
  removeDependency,
  removeFromGroup,
  requirementName,
  requirementSlot,
  TORCH_GROUP,
} from "../../pyproject/mod.ts";
import { diffRequirements, requiredPackage, type RequirementChange } from "../diff/manifests.ts";
import { environmentErrors } from "../errors.ts";
import type { EnvironmentState } from "../types.ts";

/** Where requirements stand: `[project] dependencies`, a dependency group, or the constraints. */
export type RequirementPlace =
  | { readonly kind: "project" }
  | { readonly kind: "group"; readonly group: string }
  | { readonly kind: "constraints" };

/** What is done to the requirements of one place. */
export interface RequirementRequest {
  readonly place: RequirementPlace;
  /** Requirements (PEP 508). */
  readonly add?: readonly string[];
  /** Names of packages. */
  readonly remove?: readonly string[];
  /** What ComfyUI asks for, where that is known. */
  readonly comfyui?: readonly string[];
}

/** What becomes of the manifest. */
export interface RequirementPlan {
  readonly manifestText: string;
  readonly place: RequirementPlace;
  readonly changes: readonly RequirementChange[];
  /** Requirements of ComfyUI that the manifest no longer has. */
  readonly dropped: readonly string[];
}

/**
 * Decides how requirements come into and out of the manifest.
 *
 * A name alone asks for nothing new where the package has a requirement already, as with uv. What stood in the place of
 * a requirement of ComfyUI gives it back when it is removed.
 *
 * @param state What the files of the environment say.
 * @param path The manifest's path, for messages.
 * @throws `REQUIREMENT_INVALID`, `REQUIREMENT_NOT_FOUND`, `GROUP_OWNED`
 */
export function planRequirements(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  { place, add = [], remove = [], comfyui = [] }: RequirementRequest,
  path: string,
): RequirementPlan {
  refuseOwned(manifest, place);
  add.forEach(refuseCredentials);
  const names = remove.map(requirementName);
  for (const name of names) requireDeclared(manifest, place, name);
  const before = requirementsIn(manifest, place);
  const back = place.kind === "project"
    ? comfyui.filter((one) => isReplaced(one, names, before))
    : [];
  const edits = [
    ...names.map((name) => removal(place, name)),
    ...back.map(addDependency),
    ...add.filter((requirement) => !isAskedFor(requirement, before)).map((requirement) =>
      addition(place, requirement)
    ),
  ];
  const text = editManifest(manifestText, edits, path);
  const after = requirementsIn(readManifest(text, path), place);
  const dropped = place.kind === "project"
    ? comfyui.filter((one) => before.includes(one) && !after.some((other) => implies(other, one)))
    : [];
  return { manifestText: text, place, changes: diffRequirements(before, after), dropped };
}

function isReplaced(
  wanted: string,
  removed: readonly string[],
  before: readonly string[],
): boolean {
  return removed.includes(requiredPackage(wanted)) && !before.includes(wanted);
}

/** Whether a requirement asks for no less than another one, as far as plain lower bounds tell. */
function implies(requirement: string, wanted: string): boolean {
  if (requirement === wanted) return true;
  if (requirementSlot(requirement) !== requirementSlot(wanted)) return false;
  const [, least] = /^>= *([0-9.]+)$/.exec(parseRequirement(wanted).specifier) ?? [];
  return least !== undefined &&
    parseRequirement(requirement).specifier.split(",").some((clause) => {
      const [, bound] = /^ *(?:>=|==|~=) *([0-9.]+?)(?:\.\*)? *$/.exec(clause) ?? [];
      // The newest sorts first.
      return bound !== undefined && compareVersions(bound, least) <= 0;
    });
}

function isAskedFor(requirement: string, before: readonly string[]): boolean {
  const { extras, specifier, url } = parseRequirement(requirement);
  if (extras.length > 0 || specifier !== "" || url !== undefined) return false;
  const slot = requirementSlot(requirement);
  return before.some((one) => requirementSlot(one) === slot);
}

/** The requirements of a place. */
export function requirementsIn(manifest: Manifest, place: RequirementPlace): readonly string[] {
  switch (place.kind) {
    case "project":
      return manifest.project.dependencies;
    case "constraints":
      return manifest.uv.constraints;
    case "group": {
      const wanted = normalizePackageName(place.group);
      const items = Object.entries(manifest.groups)
        .find(([name]) => normalizePackageName(name) === wanted)?.[1] ?? [];
      return items.filter((item) => typeof item === "string");
    }
  }
}

function addition(place: RequirementPlace, requirement: string): ManifestEdit {
  switch (place.kind) {
    case "project":
      return addDependency(requirement);
    case "constraints":
      return addConstraint(requirement);
    case "group":
      return addToGroup(place.group, requirement);
  }
}

function removal(place: RequirementPlace, name: string): ManifestEdit {
  switch (place.kind) {
    case "project":
      return removeDependency(name);
    case "constraints":
      return removeConstraint(name);
    case "group":
      return removeFromGroup(place.group, name);
  }
}

function refuseCredentials(requirement: string): void {
  if (!holdsCredentials(requirement)) return;
  throw new ComfydockError(
    pyprojectErrors.REQUIREMENT_INVALID,
    `Cannot write down the requirement "${redact(requirement)}": it holds credentials`,
    { hint: "Leave them out and set up netrc or a git credential helper, which uv asks, too" },
  );
}

// The next change of the node or of the backend would overwrite what people put there.
function refuseOwned({ nodes }: Manifest, place: RequirementPlace): void {
  if (place.kind !== "group") return;
  const group = normalizePackageName(place.group);
  const node = Object.values(nodes).find(({ id }) => nodeGroupName(id) === group);
  const owner = node ? `the node pack ${node.name}` : group === TORCH_GROUP && "the torch backend";
  if (!owner) return;
  throw new ComfydockError(
    environmentErrors.GROUP_OWNED,
    `Cannot change the group "${place.group}": it belongs to ${owner}`,
    {
      hint: node
        ? `Leave out --group, or hold a version with "comfydock constraint add"`
        : `Run "comfydock torch set"`,
      details: { group: place.group, node: node?.id },
    },
  );
}

function requireDeclared(manifest: Manifest, place: RequirementPlace, name: string): void {
  const has = (list: readonly string[]) => list.some((item) => requiredPackage(item) === name);
  if (has(requirementsIn(manifest, place))) return;
  const where = place.kind === "group"
    ? `the group "${place.group}"`
    : place.kind === "constraints"
    ? "the constraints"
    : "the environment's requirements";
  throw new ComfydockError(
    environmentErrors.REQUIREMENT_NOT_FOUND,
    `Cannot remove "${name}": it is not among ${where}`,
    { hint: elsewhere(manifest, place, has) ?? LIST[place.kind], details: { name } },
  );
}

const LIST = {
  project: `Run "comfydock py list --all" to see what asks for it`,
  group: `Run "comfydock py list" to see what is there`,
  constraints: `Run "comfydock constraint list" to see what is there`,
} as const;

function elsewhere(
  manifest: Manifest,
  place: RequirementPlace,
  has: (list: readonly string[]) => boolean,
): string | undefined {
  if (place.kind === "constraints") return undefined;
  for (const node of Object.values(manifest.nodes)) {
    if (has(requirementsIn(manifest, { kind: "group", group: nodeGroupName(node.id) }))) {
      return `The node pack ${node.name} asks for it, and goes with "comfydock node remove ${node.id}"`;
    }
  }
  for (const group of Object.keys(manifest.groups)) {
    if (has(requirementsIn(manifest, { kind: "group", group }))) {
      return `It is in the group "${group}": add --group ${group}`;
    }
  }
  return place.kind === "group" && has(manifest.project.dependencies)
    ? "It is not in a group: leave out --group"
    : undefined;
}
