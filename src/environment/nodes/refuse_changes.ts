import { ComfydockError } from "../../base/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { nodeChangeErrors } from "./errors.ts";
import { surveyNodes } from "./survey.ts";

const SHOWN = 5;

/**
 * Refuses to exchange a pack whose files were changed by hand; files that were added to it come along.
 *
 * @throws `NODE_CHANGED`
 */
export async function refuseLocalChanges(
  world: EnvironmentWorld,
  manifest: Manifest,
  { id, name }: ManifestNode,
): Promise<void> {
  const changed = await readLocalChanges(world, manifest, id);
  if (changed.length === 0) return;
  const more = changed.length - SHOWN;
  throw new ComfydockError(
    nodeChangeErrors.NODE_CHANGED,
    `Cannot exchange the node pack ${name}: it has local changes (${
      changed.slice(0, SHOWN).join(", ")
    }${more > 0 ? ` and ${more} more` : ""})`,
    {
      hint:
        `Run comfydock node update ${id} --discard --env ${world.environment.name} to move it to the trash, ` +
        "or keep a copy of it and add that with --dev",
      details: { id, changes: changed.slice(0, 100) },
    },
  );
}

/** The files of a pack that differ from what was installed; paths below it. */
export async function readLocalChanges(
  world: EnvironmentWorld,
  manifest: Manifest,
  id: string,
): Promise<readonly string[]> {
  const { nodes: [found] } = await surveyNodes(world, manifest, { ids: new Set([id]) });
  return found?.tree?.kind === "changed" ? found.tree.changed : [];
}
