import { baseErrors, ComfydockError, invalidData, isKind, parseJsonText } from "../../base/mod.ts";
import { workflowErrors } from "../errors.ts";
import { isApiFormat, readApiFormat } from "./api_format.ts";
import { readEditorFormat } from "./editor_format.ts";
import { isRecord } from "./fields.ts";
import type { Workflow } from "./types.ts";

/**
 * Reads a workflow from its JSON text, in any format that ComfyUI saves.
 *
 * @param name What error messages call it, such as its path.
 * @throws `WORKFLOW_INVALID` with the JSON path of what is wrong
 */
export function readWorkflow(text: string, name: string): Workflow {
  try {
    return workflowOf(parseJsonText(text.replace(/^\ufeff/, ""), "$"));
  } catch (error) {
    if (!isKind(error, baseErrors.DATA_INVALID)) throw error;
    throw new ComfydockError(
      workflowErrors.WORKFLOW_INVALID,
      `Cannot read the workflow "${name}": ${error.message}`,
      { hint: "Save it again in ComfyUI", details: { name, ...error.details }, cause: error },
    );
  }
}

function workflowOf(data: unknown): Workflow {
  if (!isRecord(data)) throw invalidData("$", "a workflow", data);
  if ("nodes" in data) return readEditorFormat(data);
  if (isApiFormat(data)) return readApiFormat(data);
  // The queue's own envelope, as clients save it.
  if (isRecord(data.prompt) && isApiFormat(data.prompt)) {
    throw invalidData("$.prompt", "the prompt alone as a file of its own", "an envelope around it");
  }
  throw invalidData("$.nodes", "a list of nodes", data.nodes);
}
