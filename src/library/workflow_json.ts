import type { JsonRecord } from "../base/mod.ts";

/** A workflow: the JSON that ComfyUI saved, or what it reads as. */
export type WorkflowJson = string | JsonRecord;

/** The text of a workflow; what is text already keeps its form. */
export function textOf(workflow: WorkflowJson): string {
  return typeof workflow === "string" ? workflow : JSON.stringify(workflow);
}
