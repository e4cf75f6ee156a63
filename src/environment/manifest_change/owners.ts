import { baseErrors, isKind } from "../../base/mod.ts";
import { comfyuiErrors, readComfyUIFacts } from "../../comfyui/mod.ts";
import { type Manifest, nodeGroupName, requirementName, TORCH_GROUP } from "../../pyproject/mod.ts";
import type { GroupOwner, GroupOwners } from "../../tools/mod.ts";

const COMFYUI = { title: "ComfyUI", file: "ComfyUI/requirements.txt" };

/**
 * Tells who asks for which packages: each node pack has a group, and the project's own dependencies are ComfyUI's as
 * far as they are in its requirements.
 *
 * @param manifest The manifest whose groups they are.
 * @param comfyui The requirements of ComfyUI, where they are known.
 */
export function groupOwners(
  { nodes, project }: Manifest,
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
  const own: GroupOwner = comfyui
    ? {
      title: "the environment",
      packages: new Map(asked.map((requirement) => [requirementName(requirement), COMFYUI])),
    }
    : { ...COMFYUI, title: "the environment (ComfyUI or py add)" };
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
