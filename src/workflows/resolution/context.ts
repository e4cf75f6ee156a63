import { CONFIDENCE, type NodeCandidate, type ResolvedNode } from "./node_types.ts";

/** What evidence of its own must come to, so that a pack counts as needed anyway. */
const SURE: number = CONFIDENCE.class;

/**
 * Settles classes that several packs offer alike by the rest of their workflow: a pack that other classes need anyway is
 * taken, then the one pack that has all classes which are still open. What this does not tell stays open.
 *
 * @param nodes The classes of one workflow, each judged by itself.
 */
export function settleByContext(nodes: readonly ResolvedNode[]): readonly ResolvedNode[] {
  return settleByCover(settleByNeed(nodes));
}

function settleByNeed(nodes: readonly ResolvedNode[]): readonly ResolvedNode[] {
  const needed = new Set(
    nodes.flatMap(({ chosen }) => chosen && chosen.confidence >= SURE ? keyOf(chosen) : []),
  );
  return nodes.map((node) => {
    if (node.outcome !== "ambiguous") return node;
    const candidate = likeTheFirst(node).find((one) => needed.has(keyOf(one)));
    return candidate ? take(node, candidate, "needed_anyway") : node;
  });
}

function settleByCover(nodes: readonly ResolvedNode[]): readonly ResolvedNode[] {
  const open = nodes.filter(({ outcome }) => outcome === "ambiguous");
  if (new Set(open.map(({ need }) => need.type)).size < 2) return nodes;
  const [first, ...others] = open.map((node) => new Set(likeTheFirst(node).map(keyOf)));
  const covering = [...first!].filter((key) => others.every((keys) => keys.has(key)));
  // Of a pack and its copy neither is surer than the other.
  if (covering.length !== 1) return nodes;
  return nodes.map((node) => {
    if (node.outcome !== "ambiguous") return node;
    const candidate = node.candidates.find((one) => keyOf(one) === covering[0])!;
    return take(node, candidate, "covers_open");
  });
}

/** The candidates that nothing but the workflow tells apart from the first one. */
function likeTheFirst({ candidates }: ResolvedNode): readonly NodeCandidate[] {
  return candidates.filter(({ confidence }) => confidence === candidates[0]!.confidence);
}

function take(
  node: ResolvedNode,
  candidate: NodeCandidate,
  evidence: "needed_anyway" | "covers_open",
): ResolvedNode {
  const chosen = { ...candidate, evidence, confidence: CONFIDENCE[evidence] };
  return { ...node, outcome: "available", chosen };
}

function keyOf({ packageId, repository }: NodeCandidate): string {
  return packageId ?? repository ?? "";
}
