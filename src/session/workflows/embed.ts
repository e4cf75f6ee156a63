import {
  readResolution,
  recordedUrl,
  type WorkflowResolution,
} from "../../environment/workflows/mod.ts";
import { readEnvironmentState } from "../../environment/world/mod.ts";
import { withNodeIndex } from "../../nodes/mod.ts";
import { editJson, planEmbedding, rememberLookups } from "../../workflows/mod.ts";
import type { OpenedEnvironment } from "../environment/mod.ts";
import { nodeIndexOptions } from "../node_index/mod.ts";
import type { Session } from "../types.ts";

/** A workflow that says more of its models than before. */
export interface EmbeddedWorkflow {
  /** Its JSON. */
  readonly text: string;
  /** How many models it says more of. */
  readonly noted: number;
}

/** A workflow by its file, and its JSON where that is not what the file says. */
export interface GivenWorkflow {
  readonly path: string;
  readonly text?: string;
}

/**
 * Finds out what a workflow needs and what of it is here; changes nothing.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NOT_EMBEDDED`, `FILE_NOT_FOUND`
 */
export async function resolveHere(
  session: Session,
  { world, workspace, config }: OpenedEnvironment,
  given: GivenWorkflow,
): Promise<WorkflowResolution> {
  const { manifest } = await readEnvironmentState(world);
  const answers = { packs: new Map(), models: new Map() };
  return await withNodeIndex(
    await nodeIndexOptions(session, workspace, config),
    (index) =>
      readResolution(world, manifest, { ...given, answers, index: rememberLookups(index) }),
  );
}

/**
 * Writes name, address, folder and digest of each model beside its node, so that others can resolve it.
 *
 * @throws `WORKFLOW_INVALID`, `WORKFLOW_NOT_EMBEDDED`, `FILE_NOT_FOUND`
 */
export async function embedModels(
  session: Session,
  place: OpenedEnvironment,
  given: GivenWorkflow,
): Promise<EmbeddedWorkflow> {
  const { manifest } = await readEnvironmentState(place.world);
  const { text, workflow, models } = await resolveHere(session, place, given);
  const edits = planEmbedding(workflow, models, (model) => recordedUrl(manifest, model));
  const noted = new Set(edits.map(({ path }) => JSON.stringify(path.slice(0, -1)))).size;
  return { text: editJson(text, edits), noted };
}
