import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import { type EnvironmentLayout, foldName } from "../../workspace/mod.ts";
import { nodeChangeErrors } from "./errors.ts";

/** Where disabled packs lie below `custom_nodes`, as ComfyUI-Manager has it. */
export const DISABLED = ".disabled";

/** Where a node pack lies when it is enabled, and when it is not; absolute paths. */
export interface NodePlaces {
  /** The name of its directory. */
  readonly directory: string;
  readonly enabled: string;
  readonly disabled: string;
}

const MAX_NAME = 200;

/**
 * Tells where a node pack lies; what the manifest says is not trusted.
 *
 * @throws `NODE_DIRECTORY_INVALID`
 */
export function nodePlaces({ customNodes }: EnvironmentLayout, node: ManifestNode): NodePlaces {
  const directory = node.directory ?? node.id;
  const fault = faultOf(directory);
  if (fault) {
    throw new ComfydockError(
      nodeChangeErrors.NODE_DIRECTORY_INVALID,
      `Cannot tell where the node pack "${node.id}" lies: its directory ${
        JSON.stringify(directory.slice(0, MAX_NAME))
      } ${fault}`,
      {
        hint: `Correct "directory" in [tool.comfydock.nodes.${node.id}] of pyproject.toml`,
        details: { id: node.id, directory },
      },
    );
  }
  return {
    directory,
    enabled: join(customNodes, directory),
    disabled: join(customNodes, DISABLED, directory),
  };
}

function faultOf(directory: string): string | undefined {
  if (directory === "" || directory.length > MAX_NAME) return "is empty or too long";
  if (/[\\/:*?"<>|\p{C}]/u.test(directory)) return "holds what no name of a directory may";
  if (/^\.|[\s.]$/.test(directory)) return "begins with a dot, or ends with one or a blank";
  if (foldName(directory) === "__pycache__") return "is Python's own";
  return undefined;
}
