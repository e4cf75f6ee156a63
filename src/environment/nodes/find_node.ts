import { ComfydockError, nearest } from "../../base/mod.ts";
import type { NodeTarget } from "../../nodes/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { foldName } from "../../workspace/mod.ts";
import { nodeChangeErrors } from "./errors.ts";

/**
 * Finds a node pack of the manifest by its id, its name or its directory, in any case.
 *
 * @param named As people typed it; a version behind `@` does not count.
 * @param doing Such as `remove`.
 * @throws `NODE_NOT_INSTALLED`
 */
export function findNode({ nodes }: Manifest, named: string, doing: string): ManifestNode {
  const all = Object.values(nodes);
  const wanted = foldName(named);
  const found = all.find(({ id }) => id === named) ??
    all.find((node) => namesOf(node).some((name) => foldName(name) === wanted));
  if (found) return found;
  const near = nearest(named, all.map(({ id }) => id));
  throw new ComfydockError(
    nodeChangeErrors.NODE_NOT_INSTALLED,
    `Cannot ${doing} the node pack "${named}": the environment has none of this name`,
    {
      hint: near === undefined
        ? "Run comfydock node list to see what is there"
        : `Did you mean ${near}? Run comfydock node list to see what is there`,
      details: { named },
    },
  );
}

function namesOf({ id, name, registryId, directory }: ManifestNode): readonly string[] {
  return [id, name, registryId, directory].filter((text) => text !== undefined);
}

/** The entry that a resolved reference is about, if the manifest has one. */
export function findTarget({ nodes }: Manifest, target: NodeTarget): ManifestNode | undefined {
  const ids = [target.id, target.source === "git" ? target.registryId : undefined]
    .filter((id) => id !== undefined).map(foldName);
  return Object.values(nodes).find(({ id, registryId }) =>
    ids.includes(foldName(id)) || (registryId !== undefined && ids.includes(foldName(registryId)))
  );
}
