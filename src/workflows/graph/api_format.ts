import { invalidData, type JsonRecord, readRecord } from "../../base/mod.ts";
import { isRecord, textOf } from "./fields.ts";
import type { NodeInputSlot, NodeWidget, Workflow, WorkflowLink, WorkflowNode } from "./types.ts";

/**
 * Reads what is sent to the server's queue: classes and inputs by id, without any layout.
 *
 * @throws `DATA_INVALID` with the path of what is wrong
 */
export function readApiFormat(data: JsonRecord): Workflow {
  const links: WorkflowLink[] = [];
  const nodes = Object.entries(data).map(([id, value]): WorkflowNode => {
    const where = `$.${id}`;
    const node = readRecord(value, where);
    const type = textOf(node.class_type);
    if (type === undefined) {
      throw invalidData(`${where}.class_type`, "the class of the node", node.class_type);
    }
    const inputs: NodeInputSlot[] = [];
    const widgets: NodeWidget[] = [];
    for (const [name, input] of Object.entries(isRecord(node.inputs) ? node.inputs : {})) {
      const source = readSource(input);
      if (!source) {
        widgets.push({ key: name, value: input, path: [id, "inputs", name] });
        continue;
      }
      const link = `${links.length + 1}`;
      links.push({ id: link, scope: [], ...source, to: id, toSlot: name, type: "*" });
      inputs.push({ name, type: "*", link });
    }
    return {
      id,
      scope: [],
      path: [id],
      type,
      title: isRecord(node._meta) ? textOf(node._meta.title) : undefined,
      mode: "active",
      role: "node",
      inputs,
      outputs: [],
      widgets,
      properties: {},
      hasProperties: false,
    };
  });
  return { format: "api", nodes, links, groups: [], subgraphs: [] };
}

/** Whether an object looks like the API format: every value is a node. */
export function isApiFormat(data: JsonRecord): boolean {
  const values = Object.values(data);
  return values.length > 0 && values.every((node) => isRecord(node) && "class_type" in node);
}

function readSource(input: unknown): Pick<WorkflowLink, "from" | "fromSlot"> | undefined {
  if (!Array.isArray(input) || input.length !== 2) return undefined;
  const [from, fromSlot] = input;
  if (typeof from !== "string" || typeof fromSlot !== "number") return undefined;
  return { from, fromSlot };
}
