import type { LookupAnswer } from "../../mappings/mod.ts";
import { CONFIDENCE, type NodeCandidate, type NodeKnowledge } from "./node_types.ts";

const MAX_SEARCHED = 5;

/** Searches packs by the name of a class that nobody claims; guesses for people to look at, never taken by themselves. */
export function suggestPacks(
  nodeType: string,
  { index, choices }: Pick<NodeKnowledge, "index" | "choices">,
): readonly NodeCandidate[] {
  return index.find(nodeType, { limit: MAX_SEARCHED })
    .filter(({ id }) => !choices.deny.includes(id))
    .map(({ id, package: pack, version }) => ({
      packageId: id,
      repository: pack.repository,
      version,
      evidence: "search",
      confidence: CONFIDENCE.search,
    }));
}

/** An index that keeps its answers, for work on many workflows that use the same classes. */
export function rememberLookups(index: NodeKnowledge["index"]): NodeKnowledge["index"] {
  const kept = new Map<string, readonly LookupAnswer[]>();
  return {
    packageOf: (id) => index.packageOf(id),
    packageOfRepository: (url) => index.packageOfRepository(url),
    find: (query, options) => index.find(query, options),
    lookup(nodeType, signature) {
      const key = `${nodeType}\0${signature}`;
      const answers = kept.get(key) ?? index.lookup(nodeType, signature);
      kept.set(key, answers);
      return answers;
    },
  };
}
