import { baseErrors, isKind } from "../../base/mod.ts";
import { comfyuiErrors, readComfyUIFacts } from "../../comfyui/mod.ts";
import { type Manifest, nodeGroupName, TORCH_GROUP } from "../../pyproject/mod.ts";
import type { GroupOwner, GroupOwners } from "../../tools/mod.ts";
import { requiredPackage } from "../diff/manifests.ts";

const COMFYUI: Pick<GroupOwner, "title" | "file"> = {
  title: "ComfyUI",
  file: "ComfyUI/requirements.txt",
};

/**
 * Tells who asks for which packages: each node pack has a group, and the project's own dependencies are ComfyUI's as
 * far as they are in its requirements.
 *
 * @param manifest The manifest whose groups they are.
 * @param comfyui The requirements of ComfyUI, where they are known.
 */
export function groupOwners(
  { nodes, project, uv }: Manifest,
  comfyui?: readonly string[],
): GroupOwners {
  const packs = Object.values(nodes).map((node): [string, GroupOwner] => [
    nodeGroupName(node.id),
    {
      title: `node pack ${node.name}`,
      file: `custom_nodes/${node.directory ?? node.name}/requirements.txt`,
    },
  ]);
  const asked = project.dependencies.filter((requirement) => comfyui?.includes(requirement));
  const own: GroupOwner = {
    title: comfyui ? "the environment" : "the environment (ComfyUI or py add)",
    packages: new Map<string, Pick<GroupOwner, "title" | "file">>([
      ...asked.map((requirement) => [requiredPackage(requirement), COMFYUI] as const),
      ...uv.constraints.map((requirement) =>
        [requirement.replace(/\s+/g, ""), { title: "a constraint of the project" }] as const
      ),
    ]),
  };
  return new Map<string, GroupOwner>([
    ["", own],
    [TORCH_GROUP, { title: "the torch backend" }],
    ...packs,
  ]);
}

/** What the ComfyUI in a directory asks for; nothing where it cannot be read, which is for others to tell. */
export async function readComfyUIRequirements(
  comfyui: string,
): Promise<readonly string[] | undefined> {
  try {
    return (await readComfyUIFacts(comfyui)).requirements;
  } catch (error) {
    const expected = [comfyuiErrors.COMFYUI_NOT_FOUND, baseErrors.FILE_UNREADABLE];
    if (expected.some((kind) => isKind(error, kind))) return undefined;
    throw error;
  }
}
