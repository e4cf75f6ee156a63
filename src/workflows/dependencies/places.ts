import type { WorkflowNode } from "../graph/mod.ts";
import type { NodePlace } from "./types.ts";

/** Where a node stands, for reports. */
export function placeOf({ id, scope, type, mode }: WorkflowNode): NodePlace {
  return { id, scope, type, mode };
}
