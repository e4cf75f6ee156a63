import { readTextBounded } from "../../../base/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../../../pyproject/mod.ts";
import type { WorkflowState } from "../../../workflows/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { surveyWorkflows } from "../survey.ts";

/**
 * Judges the workflows of an environment by what its manifest says now.
 *
 * @throws `MANIFEST_INVALID`, `MANIFEST_SCHEMA_NEWER`, `FILE_NOT_FOUND`, `FILE_UNREADABLE`
 */
export async function readWorkflowStates(
  { environment }: Pick<EnvironmentWorld, "environment">,
): Promise<readonly WorkflowState[]> {
  const text = await readTextBounded(environment.manifest, MAX_MANIFEST_BYTES);
  return await surveyWorkflows(environment, readManifest(text, environment.manifest));
}
