import {
  type ManifestEdit,
  nodeGroupName,
  removeGroup,
  requirementName,
  setGroup,
  type TorchBackends,
} from "../../pyproject/mod.ts";
import type { PackRequirement, PackRequirements, RequirementFinding } from "../types.ts";

/** What a pack brings into a manifest, and what it would have brought. */
export interface GroupEdits {
  /** For the manifest: they set the group, or take it away. */
  readonly edits: readonly ManifestEdit[];
  /** What the group holds afterwards, with the places that ask for it. */
  readonly items: readonly PackRequirement[];
  /** What the manifest of the project does not get without the user's word, and how it can have it. */
  readonly findings: readonly RequirementFinding[];
}

type PackIndex = PackRequirements["indexes"][number];

/**
 * Gives the changes of a manifest that let a node pack have what it asks for: its own dependency group.
 *
 * A constraint binds as far as the pack itself asks for the package: a group ends with its pack, `[tool.uv]` would not.
 * Indexes are never added, since an index can replace every package of the environment.
 *
 * @param id The id of the node.
 * @param requirements From `readPackRequirements`.
 * @param torch What is known about builds of PyTorch: its index is the torch backend's business.
 */
export function groupEdits(
  id: string,
  { requirements, constraints, indexes }: PackRequirements,
  torch: TorchBackends,
): GroupEdits {
  const names = new Set(requirements.map(({ requirement }) => requirementName(requirement)));
  const [binding, loose] = [true, false].map((wanted) =>
    constraints.filter(({ requirement }) => names.has(requirementName(requirement)) === wanted)
  );
  const items = [
    ...new Map([...requirements, ...binding!].map((item) => [item.requirement, item])).values(),
  ];
  const group = nodeGroupName(id);
  return {
    edits: [
      items.length === 0
        ? removeGroup(group)
        : setGroup(group, items.map(({ requirement }) => requirement)),
    ],
    items,
    findings: [
      ...loose!.map(({ requirement, file, line }) => ({
        code: "CONSTRAINT_NOT_ADDED",
        message: `"${requirement}" bounds a package that the pack does not ask for itself; ` +
          `"comfydock constraint add '${requirement}'" bounds it for the whole environment`,
        file,
        line,
      })),
      ...indexes.map((index) => tellIndex(index, torch)),
    ],
  };
}

function tellIndex({ kind, url, file, line }: PackIndex, torch: TorchBackends): RequirementFinding {
  const common = torch.index.replace("{backend}", "");
  if (`${url.trim().replace(/\/*$/, "")}/`.startsWith(common)) {
    const message = `The index "${url}" is not added: the torch backend of the environment ` +
      `decides where PyTorch comes from, see "comfydock torch show"`;
    return { code: "INDEX_OF_TORCH", message, file, line };
  }
  const way = kind === "find-links"
    ? `find-links = ["${url}"] below [tool.uv]`
    : `[[tool.uv.index]] with url = "${url}"`;
  const message = `The index "${url}" is not added, since it could replace any package; ` +
    `if you trust it, write ${way} into pyproject.toml and run "comfydock sync"`;
  return { code: "INDEX_NOT_ADDED", message, file, line };
}
