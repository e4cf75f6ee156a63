import { join } from "node:path";
import { readBytesBounded } from "../../base/mod.ts";
import type { TrackedWorkflow } from "../../pyproject/mod.ts";
import { type EnvironmentLayout, lookAt } from "../../workspace/mod.ts";
import { innerParts } from "../inner_path.ts";

/** The largest workflow that is read, in bytes; pictures that carry one are workflows, too. */
const MAX_WORKFLOW_BYTES = 64 * 1024 ** 2;

/** Where ComfyUI keeps the workflows of its only user. */
const COMFYUI_WORKFLOWS = ["user", "default", "workflows"];

/** The two places of a tracked workflow. */
export interface WorkflowPlaces {
  /** Absolute path in `.cec`. */
  readonly tracked: string;
  /** Absolute path of the copy that ComfyUI shows and saves. */
  readonly copy: string;
}

/** The directory in which ComfyUI keeps workflows. */
export function comfyuiWorkflows({ comfyui }: EnvironmentLayout): string {
  return join(comfyui, ...COMFYUI_WORKFLOWS);
}

/**
 * Names the two places of a tracked workflow.
 *
 * @returns Nothing where its `file` leads out of `.cec/workflows`, or could on another system.
 */
export function workflowPlaces(
  environment: EnvironmentLayout,
  { file }: Pick<TrackedWorkflow, "file">,
): WorkflowPlaces | undefined {
  const [top, ...below] = innerParts(file) ?? [];
  if (top !== "workflows" || below.length === 0) return undefined;
  return {
    tracked: join(environment.workflows, ...below),
    copy: join(comfyuiWorkflows(environment), ...below),
  };
}

/** The bytes of a workflow; nothing where no file is. */
export async function readWorkflowFile(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const info = await lookAt(path);
  if (!info?.isFile) return undefined;
  return await readBytesBounded(path, MAX_WORKFLOW_BYTES);
}
