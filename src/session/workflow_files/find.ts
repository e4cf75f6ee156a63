import { isAbsolute } from "node:path";
import { exists } from "../../base/mod.ts";
import { workflowPlaces } from "../../environment/workflows/mod.ts";
import { readWorkflowStates, workflowNotFound } from "../../environment/workflows/states/mod.ts";
import { workflowFile } from "../../workflows/mod.ts";
import type { EnvironmentLayout } from "../../workspace/reading/mod.ts";

/** Which version of a workflow is looked for first: ComfyUI's copy, or that of `.cec`. */
export type WorkflowSide = "copy" | "tracked";

/**
 * Finds the file that people mean by a path, or by the name of a workflow of an environment.
 *
 * @param environment Absent where there is none; then it can only be a path.
 * @returns The path that was given where nothing has that name, and it can only be one.
 * @throws `WORKFLOW_NOT_FOUND` for what may be a name, and none has it
 */
export async function findWorkflowFile(
  environment: EnvironmentLayout | undefined,
  given: string,
  side: WorkflowSide = "copy",
): Promise<string> {
  if (await exists(given)) return given;
  const places = environment && workflowPlaces(environment, { file: workflowFile(given) });
  if (!places) return given;
  const [first, second] = side === "copy"
    ? [places.copy, places.tracked]
    : [places.tracked, places.copy];
  if (await exists(first)) return first;
  if (await exists(second)) return second;
  if (isAbsolute(given) || given.startsWith(".") || /\.[a-z0-9]+$/i.test(given)) return given;
  const states = await readWorkflowStates({ environment });
  throw workflowNotFound("find", given, states.map(({ name }) => name));
}
