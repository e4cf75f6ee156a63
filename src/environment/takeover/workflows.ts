import { packClasses } from "../../comfyui/mod.ts";
import { readLoaderTable } from "../../workflows/dependencies/mod.ts";
import { workflowName } from "../../workflows/tracking/mod.ts";
import { type Manifest, type ManifestEdit, setTrackedWorkflow } from "../../pyproject/mod.ts";
import type { NodeChange } from "../nodes/types.ts";
import type { EnvironmentWorld } from "../types.ts";
import { NO_INDEX } from "../workflows/knowledge.ts";
import { recordWorkflow } from "../workflows/record.ts";
import type { TakenWorkflow } from "./types.ts";

/**
 * Gives the entries of workflows that come along, with what they need of the packs that come along.
 *
 * @param manifest With those packs.
 */
export async function trackTaken(
  world: EnvironmentWorld,
  manifest: Manifest,
  taken: readonly TakenWorkflow[],
  changes: readonly NodeChange[],
): Promise<readonly ManifestEdit[]> {
  if (taken.length === 0) return [];
  const installed = await Promise.all(changes.map(async ({ id, after, obtained }) => ({
    id,
    registryId: after?.registryId,
    repository: after?.repository,
    version: after?.version,
    enabled: after?.enabled ?? true,
    classes: obtained && await packClasses(world.workspace, obtained.tree, obtained.treeSha256),
  })));
  const finder = {
    // What ComfyUI itself provides needs no pack, and nobody but the packs here is asked.
    knowledge: {
      builtins: new Set<string>(),
      installed,
      index: NO_INDEX,
      choices: { nodes: {}, prefer: [], deny: [] },
    },
    table: await readLoaderTable(),
  };
  const edits: ManifestEdit[] = [];
  for (const { file, content } of taken) {
    const requires = { nodes: [], models: [], python: [] };
    const workflow = { key: workflowName(file), file, requires };
    edits.push(
      setTrackedWorkflow(await recordWorkflow(world, manifest, { workflow, content }, finder)),
    );
  }
  return edits;
}
