import { signatureOfInputs } from "../../mappings/claims/mod.ts";
import type { WorkflowNode } from "../graph/mod.ts";
import { placeOf } from "./places.ts";
import type { NodeNeed, NodePlace } from "./types.ts";

const MAX_ID_LENGTH = 200;

/** Lists the classes that a workflow uses; instances of subgraphs and group nodes are none. */
export function readNodeNeeds(nodes: readonly WorkflowNode[]): readonly NodeNeed[] {
  const needs = new Map<string, Omit<NodeNeed, "places"> & { readonly places: NodePlace[] }>();
  for (const node of nodes) {
    if (node.role !== "node") continue;
    const { cnr_id, ver, aux_id } = node.properties;
    const need = {
      type: node.type,
      signature: signatureOfInputs(node.inputs),
      registryId: shortText(cnr_id),
      version: shortText(ver),
      repository: shortText(aux_id),
      places: [],
    };
    const key = JSON.stringify([
      need.type,
      need.signature,
      need.registryId,
      need.version,
      need.repository,
    ]);
    const known = needs.get(key) ?? need;
    known.places.push(placeOf(node));
    needs.set(key, known);
  }
  return [...needs.values()];
}

function shortText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= MAX_ID_LENGTH
    ? value
    : undefined;
}
