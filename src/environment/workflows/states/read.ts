import type { WorkflowState } from "../../../workflows/mod.ts";
import { readManifestState } from "../../state.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { surveyWorkflows } from "../survey.ts";

/**
 * Judges the workflows of an environment by what its manifest says now.
 *
 * @throws `MANIFEST_INVALID`, `MANIFEST_SCHEMA_NEWER`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readWorkflowStates(
  world: Pick<EnvironmentWorld, "environment">,
): Promise<readonly WorkflowState[]> {
  const { manifest } = await readManifestState(world);
  return await surveyWorkflows(world.environment, manifest);
}
