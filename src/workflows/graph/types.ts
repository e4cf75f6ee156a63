import type { JsonRecord } from "../../base/mod.ts";
import type { JsonPath } from "../json/mod.ts";

/** A workflow as its text says it, in one shape for all formats. */
export interface Workflow {
  /** `ui` is what the editor saves, `api` what is sent to the server's queue. */
  readonly format: "ui" | "api";
  /** Of the format: 0.4 or 1; the API format has none. */
  readonly version?: number;
  /** All nodes: those of the root first, then those of each subgraph and group node, each definition once. */
  readonly nodes: readonly WorkflowNode[];
  readonly links: readonly WorkflowLink[];
  readonly groups: readonly WorkflowGroup[];
  readonly subgraphs: readonly SubgraphDefinition[];
}

/** One node. */
export interface WorkflowNode {
  /** Unique in its scope. */
  readonly id: string;
  /** Ids of the subgraphs, or names of the group nodes, that lead to it from the root. */
  readonly scope: readonly string[];
  /** Where it stands in the text. */
  readonly path: JsonPath;
  /** The class, or the id of a subgraph. */
  readonly type: string;
  readonly title?: string;
  /** `muted` never runs, `bypassed` is passed through. */
  readonly mode: "active" | "muted" | "bypassed";
  /** Instances of subgraphs and group nodes are no classes of any pack. */
  readonly role: "node" | "subgraph" | "group";
  readonly inputs: readonly NodeInputSlot[];
  readonly outputs: readonly NodeOutputSlot[];
  readonly widgets: readonly NodeWidget[];
  readonly properties: JsonRecord;
  /** False where the text has no such object. */
  readonly hasProperties: boolean;
  /** Left upper corner and size in the editor's units. */
  readonly position?: readonly [number, number];
  readonly size?: readonly [number, number];
}

/** An input of a node. */
export interface NodeInputSlot {
  readonly name: string;
  readonly type: string;
  /** The link that feeds it. */
  readonly link?: string;
  /** Set when it is a widget that can be fed, too. */
  readonly widget?: string;
}

/** An output of a node. */
export interface NodeOutputSlot {
  readonly name: string;
  readonly type: string;
}

/** A value that is set on a node. */
export interface NodeWidget {
  /** Position in `widgets_values`, or the name where values are named. */
  readonly key: number | string;
  readonly value: unknown;
  readonly path: JsonPath;
}

/** A link between two nodes of one scope. */
export interface WorkflowLink {
  readonly id: string;
  readonly scope: readonly string[];
  readonly from: string;
  readonly fromSlot: number;
  readonly to: string;
  /** Index of the input, or its name in the API format. */
  readonly toSlot: number | string;
  readonly type: string;
}

/** A frame around nodes. */
export interface WorkflowGroup {
  readonly scope: readonly string[];
  readonly title: string;
  /** x, y, width, height. */
  readonly bounds: readonly [number, number, number, number];
  readonly color?: string;
}

/** A subgraph, or the content of a group node. */
export interface SubgraphDefinition {
  readonly id: string;
  readonly name: string;
  /** As the scope of its nodes. */
  readonly scope: readonly string[];
  readonly path: JsonPath;
  /** Names of its inputs; a link from {@linkcode SUBGRAPH_INPUT} leaves one by its position. */
  readonly inputs: readonly string[];
}

/** The id that links inside a subgraph have as their origin when they come from outside. */
export const SUBGRAPH_INPUT = "-10";
