import { type Manifest, nodeGroupName } from "../../pyproject/mod.ts";
import type { GroupOwner, GroupOwners } from "../../tools/mod.ts";

/**
 * Tells whose dependency group is whose: each node pack has one, and the project's own dependencies are ComfyUI's.
 *
 * @param manifest The manifest whose groups they are.
 */
export function groupOwners({ nodes }: Manifest): GroupOwners {
  const packs = Object.values(nodes).map((node): [string, GroupOwner] => [
    nodeGroupName(node.id),
    {
      title: `node pack ${node.name}`,
      file: `custom_nodes/${node.directory ?? node.name}/requirements.txt`,
    },
  ]);
  return new Map<string, GroupOwner>([
    ["", { title: "the environment (ComfyUI or py add)", file: "ComfyUI/requirements.txt" }],
    ...packs,
  ]);
}
