import type { LookupAnswer } from "../../mappings/claims/mod.ts";
import type { NodeIndex } from "../../nodes/mod.ts";
import {
  CONFIDENCE,
  type NodeCandidate,
  type NodeKnowledge,
  type PackIndex,
} from "./node_types.ts";

const MAX_SEARCHED = 5;
/** The origin of an index that was made from what comfydock ships. */
const SHIPPED = "starter";

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

/** Makes the node index answer resolution; its answers are kept, since workflows use the same classes again and again. */
export function rememberLookups(index: Omit<NodeIndex, "close">): PackIndex {
  const kept = new Map<string, readonly LookupAnswer[]>();
  return {
    knowsRegistry: index.origin !== SHIPPED,
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
