import type { JsonPath } from "../../../workflows/mod.ts";
import { isRecord } from "../../repository/mod.ts";
import type { OpenWorkflow } from "./types.ts";
import { valueAt } from "./value_at.ts";

/** Finds graphs that note a last id below one that they use. */
export function checkLastIds(open: OpenWorkflow): void {
  const graphs = [[], ...open.workflow.subgraphs.map(({ path }) => path)];
  for (const path of graphs) {
    const graph = valueAt(open.document.value, path);
    if (!isRecord(graph) || path[0] === "extra") continue;
    const state = isRecord(graph.state) ? graph.state : {};
    check(open, path, "node", graph.last_node_id, state.lastNodeId, idsOf(graph.nodes));
    check(open, path, "link", graph.last_link_id, state.lastLinkId, idsOf(graph.links));
  }
}

function check(
  open: OpenWorkflow,
  graph: JsonPath,
  what: "node" | "link",
  old: unknown,
  state: unknown,
  ids: readonly number[],
): void {
  const [value, path] = typeof old === "number"
    ? [old, [...graph, `last_${what}_id`]]
    : [state, [...graph, "state", what === "node" ? "lastNodeId" : "lastLinkId"]];
  const highest = ids.reduce((left, right) => Math.max(left, right), 0);
  if (typeof value !== "number" || value >= highest) return;
  open.fault(
    "E_LAST_ID",
    path,
    `The last ${what} id is ${value}, and there is ${what} ${highest}`,
    {
      hint: `Set it to ${highest}, or save the workflow again in ComfyUI`,
      details: { value, highest },
    },
  );
}

function idsOf(list: unknown): readonly number[] {
  return (Array.isArray(list) ? list : []).flatMap((item: unknown) => {
    const id = Array.isArray(item) ? item[0] : isRecord(item) ? item.id : undefined;
    return typeof id === "number" ? [id] : [];
  });
}
