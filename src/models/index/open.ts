import { exists } from "../../base/mod.ts";
import type { WorkspaceLayout } from "../../workspace/mod.ts";
import { ModelIndex } from "./index.ts";

/** The lock of the workspace that whoever writes the model index takes. */
export const MODELS_LOCK = "models";

/**
 * Opens the model index of a workspace for reading; nothing where there is none yet.
 *
 * @throws `MODEL_INDEX_DAMAGED`, `MODEL_INDEX_NEWER`, `MODEL_INDEX_BUSY`
 */
export async function openIndexIfAny(
  { modelIndex }: Pick<WorkspaceLayout, "modelIndex">,
): Promise<ModelIndex | undefined> {
  return await exists(modelIndex) ? new ModelIndex(modelIndex, { readOnly: true }) : undefined;
}
