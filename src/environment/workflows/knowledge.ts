import { mapConcurrent } from "../../base/mod.ts";
import { builtinClasses, packClasses } from "../../comfyui/classes/mod.ts";
import { readCheckoutState } from "../../comfyui/state/mod.ts";
import type { Manifest, ManifestNode } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { InstalledPack, NodeKnowledge, PackIndex } from "../../workflows/mod.ts";
import { nodePlaces } from "../nodes/places.ts";
import type { EnvironmentWorld } from "../types.ts";
import { readChoices } from "./choices.ts";

const READ_AT_ONCE = 8;

/** An index that knows nothing, for what the environment itself answers. */
export const NO_INDEX: PackIndex = {
  knowsRegistry: true,
  lookup: () => [],
  packageOf: () => undefined,
  packageOfRepository: () => undefined,
  find: () => [],
};

/**
 * Gathers what an environment knows of classes: those of its ComfyUI, those that its packs declare, what people decided.
 *
 * @param index Absent when only what is installed counts.
 */
export async function readNodeKnowledge(
  world: EnvironmentWorld,
  manifest: Manifest,
  index: PackIndex = NO_INDEX,
): Promise<NodeKnowledge> {
  const { workspace, environment: { comfyui }, git } = world;
  const state = await readCheckoutState(git, comfyui);
  const isClean = state.status === "present" && state.changed.length === 0 &&
    state.untracked.length === 0;
  const [builtins, installed] = await Promise.all([
    builtinClasses(workspace, comfyui, isClean ? state.commit : undefined),
    Array.fromAsync(mapConcurrent(
      Object.values(manifest.nodes),
      (node) => readInstalledPack(world, node),
      { limit: READ_AT_ONCE },
    )),
  ]);
  return {
    builtins,
    comfyuiVersion: manifest.environment.comfyuiVersion,
    installed,
    index,
    choices: readChoices(manifest),
  };
}

async function readInstalledPack(
  { workspace, environment }: EnvironmentWorld,
  node: ManifestNode,
): Promise<InstalledPack> {
  const { enabled, disabled } = nodePlaces(environment, node);
  const path = node.enabled ? enabled : disabled;
  const { id, registryId, repository, version } = node;
  return {
    id,
    registryId,
    repository,
    version,
    enabled: node.enabled,
    classes: await lookAt(path) ? await packClasses(workspace, path, node.treeSha256) : undefined,
  };
}
