import { invalidData, type JsonRecord } from "../../base/mod.ts";
import type { JsonPath } from "../json/mod.ts";
import { idOf, isRecord, listOf, pairOf, textOf } from "./fields.ts";
import type { NodeInputSlot, NodeOutputSlot, NodeWidget, WorkflowNode } from "./types.ts";

const MUTED = 2;
const BYPASSED = 4;

/** What the surroundings of a node know of it. */
export interface NodePlace {
  readonly scope: readonly string[];
  readonly path: JsonPath;
  /** As error messages name it. */
  readonly where: string;
  /** Ids of all subgraphs. */
  readonly subgraphs: ReadonlySet<string>;
  /** Names of all group nodes. */
  readonly groups: ReadonlySet<string>;
  /** For nodes that do not carry their own id. */
  readonly id?: string;
}

/**
 * Reads a node as the editor saves it.
 *
 * @throws `DATA_INVALID` with the path of what is wrong
 */
export function readEditorNode(data: JsonRecord, place: NodePlace): WorkflowNode {
  const { scope, path, where } = place;
  const type = textOf(data.type) ?? textOf(data.class_type);
  if (type === undefined) throw invalidData(`${where}.type`, "the class of the node", data.type);
  const id = place.id ?? idOf(data.id);
  if (id === undefined) throw invalidData(`${where}.id`, "an id", data.id);
  return {
    id,
    scope,
    path,
    type,
    title: textOf(data.title),
    mode: data.mode === MUTED ? "muted" : data.mode === BYPASSED ? "bypassed" : "active",
    role: place.subgraphs.has(type)
      ? "subgraph"
      : place.groups.has(groupName(type))
      ? "group"
      : "node",
    inputs: listOf(data.inputs).filter(isRecord).map(readInput),
    outputs: listOf(data.outputs).filter(isRecord).map(readOutput),
    widgets: readWidgets(data.widgets_values, [...path, "widgets_values"]),
    properties: isRecord(data.properties) ? data.properties : {},
    hasProperties: isRecord(data.properties),
    position: pairOf(data.pos),
    size: pairOf(data.size),
  };
}

/** The name of a group node by its type, `workflow/NAME` or `workflow>NAME`. */
export function groupName(type: string): string {
  return type.replace(/^workflow[/>]/, "");
}

function readInput(data: JsonRecord): NodeInputSlot {
  return {
    name: textOf(data.name) ?? "",
    type: slotType(data.type),
    link: idOf(data.link),
    widget: isRecord(data.widget) ? textOf(data.widget.name) : undefined,
  };
}

function readOutput(data: JsonRecord): NodeOutputSlot {
  return { name: textOf(data.name) ?? "", type: slotType(data.type) };
}

// A list of choices in place of a type stands for COMBO; -1 and 0 stand for events and for anything.
function slotType(value: unknown): string {
  return textOf(value) ?? (Array.isArray(value) ? "COMBO" : "*");
}

function readWidgets(values: unknown, path: JsonPath): readonly NodeWidget[] {
  if (Array.isArray(values)) {
    return values.map((value, key) => ({ key, value, path: [...path, key] }));
  }
  if (!isRecord(values)) return [];
  return Object.entries(values).map(([key, value]) => ({ key, value, path: [...path, key] }));
}
