import type { FindingFacts } from "../facts.ts";

/** Codes of faults of workflows. */
export type WorkflowCode =
  | "E_WORKFLOW_INVALID"
  | "E_WORKFLOW_SHAPE"
  | "E_MODEL_UNUSED"
  | "E_MODEL_MISSING"
  | "E_MODEL_URL"
  | "E_TOP_LEVEL_MODELS"
  | "E_BROKEN_LINK"
  | "E_UNKNOWN_LINK"
  | "E_LAST_ID"
  | "W_NAMED_WIDGET";

/** Faults of workflows. */
export const workflowCodes: Readonly<Record<WorkflowCode, FindingFacts>> = {
  E_WORKFLOW_INVALID: {
    area: "workflows",
    severity: "error",
    meaning: "A workflow cannot be read",
    hint: "Save it again in ComfyUI",
  },
  E_WORKFLOW_SHAPE: {
    area: "workflows",
    severity: "error",
    meaning: "A value of a workflow has not the shape that its format asks for",
    hint: "Save the workflow again in ComfyUI",
  },
  E_MODEL_UNUSED: {
    area: "workflows",
    severity: "error",
    meaning: "A node carries the address of a model that none of its widgets names",
  },
  E_MODEL_MISSING: {
    area: "workflows",
    severity: "error",
    meaning: "A node loads a model whose address it does not carry",
  },
  E_MODEL_URL: {
    area: "workflows",
    severity: "error",
    meaning: "The address of a model leads to a file of another name",
  },
  E_TOP_LEVEL_MODELS: {
    area: "workflows",
    severity: "error",
    meaning: "A workflow lists models at its top, where nothing reads them any more",
    hint: "Run `comfydock templates migrate`",
  },
  E_BROKEN_LINK: {
    area: "workflows",
    severity: "error",
    meaning: "A link leads to a node or slot that is not there",
  },
  E_UNKNOWN_LINK: {
    area: "workflows",
    severity: "error",
    meaning: "A node names a link that the workflow does not have",
  },
  E_LAST_ID: {
    area: "workflows",
    severity: "error",
    meaning:
      "The last id that a workflow notes is below one that it uses, so that new nodes get ids that are taken",
  },
  W_NAMED_WIDGET: {
    area: "workflows",
    severity: "warning",
    meaning: "A widget has one value by position and another by name",
    hint: "Save the workflow again in ComfyUI",
  },
};
