import {
  canonicalUrl,
  CORE_PACKAGE,
  FRONTEND_NODES,
  isLive,
  type LookupAnswer,
} from "../../mappings/claims/mod.ts";
import type { NodeNeed } from "../dependencies/mod.ts";
import { settleByContext } from "./context.ts";
import {
  CONFIDENCE,
  INDEX_EVIDENCE,
  type InstalledPack,
  type NodeCandidate,
  type NodeEvidence,
  type NodeKnowledge,
  type ResolvedNode,
} from "./node_types.ts";

const HOST = "https://github.com/";

/** A class in question, and what the index says of it. */
interface Question {
  readonly need: NodeNeed;
  readonly answers: readonly LookupAnswer[];
  readonly knowledge: NodeKnowledge;
}

/**
 * Finds out which packs provide the classes that a workflow needs; each with its evidence, in the order of the needs.
 *
 * @param needs Those of one workflow: where several packs have a class, the others tell which one is meant.
 */
export function resolveNodes(
  needs: readonly NodeNeed[],
  knowledge: NodeKnowledge,
): readonly ResolvedNode[] {
  return settleByContext(needs.map((need) => resolveNode(need, knowledge)));
}

function resolveNode(need: NodeNeed, knowledge: NodeKnowledge): ResolvedNode {
  const { type } = need;
  const { builtins, choices } = knowledge;
  if (builtins.has(type) || FRONTEND_NODES.includes(type)) {
    return { need, outcome: "builtin", candidates: [] };
  }
  const choice = Object.hasOwn(choices.nodes, type) ? choices.nodes[type] : undefined;
  if (choice === false) return { need, outcome: "optional", candidates: [] };
  const answers = knowledge.index.lookup(type, need.signature);
  const question = { need, answers, knowledge };
  const candidates = choice !== undefined
    ? [chosenBefore(choice, question)]
    : findCandidates(question);
  const isCore = need.registryId?.toLowerCase() === CORE_PACKAGE ||
    need.registryId === undefined && answers.some(({ evidence }) => evidence === "builtin");
  if (
    isCore &&
    !candidates.some(({ evidence }) => evidence === "installed" || evidence === "manifest")
  ) {
    return { need, outcome: "newer_comfyui", candidates: [], wantsComfyUI: wantedComfyUI(need) };
  }
  const chosen = choose(candidates, knowledge);
  if (chosen) return { need, outcome: outcomeOf(chosen, knowledge), chosen, candidates };
  if (candidates.length > 0) return { need, outcome: "ambiguous", candidates };
  return { need, outcome: "unknown", candidates: [] };
}

function wantedComfyUI({ registryId, version }: NodeNeed): string | undefined {
  return registryId?.toLowerCase() === CORE_PACKAGE ? version : undefined;
}

function outcomeOf(
  { installed }: NodeCandidate,
  knowledge: NodeKnowledge,
): ResolvedNode["outcome"] {
  if (installed === undefined) return "available";
  const pack = knowledge.installed.find(({ id }) => id === installed);
  return pack?.enabled === false ? "disabled" : "installed";
}

/** Takes the only one, the installed one, the preferred one, or one with stronger evidence than all others. */
function choose(
  candidates: readonly NodeCandidate[],
  { choices }: NodeKnowledge,
): NodeCandidate | undefined {
  const [first, second] = candidates;
  if (!first || !second) return first;
  const preferred = candidates.find(({ packageId }) => choices.prefer.includes(packageId ?? ""));
  const installed = candidates.find((candidate) => candidate.installed !== undefined);
  return preferred ?? installed ?? (first.confidence > second.confidence ? first : undefined);
}

function findCandidates(question: Question): readonly NodeCandidate[] {
  const { need, answers, knowledge } = question;
  const { choices } = knowledge;
  const found = [
    ...fromInstalled(need, knowledge),
    ...fromProperties(question),
    // What ComfyUI itself brings in another version is not a matter of packs.
    ...answers.filter(({ evidence }) => evidence !== "builtin")
      .map((answer) => fromIndex(answer, question)),
  ];
  const seen = new Set<string>();
  return found.filter((candidate) => {
    const key = candidate.packageId ?? candidate.repository ?? "";
    if (seen.has(key) || choices.deny.includes(key)) return false;
    seen.add(key);
    return true;
  });
}

function fromInstalled({ type }: NodeNeed, { installed }: NodeKnowledge): readonly NodeCandidate[] {
  return installed.filter(({ classes }) => classes?.has(type)).map((pack) => ({
    packageId: pack.registryId ?? pack.id,
    repository: pack.repository,
    version: pack.version,
    evidence: "installed",
    confidence: CONFIDENCE.installed,
    installed: pack.id,
  }));
}

function fromProperties(question: Question): readonly NodeCandidate[] {
  const { need: { registryId, repository }, knowledge } = question;
  const id = registryId?.toLowerCase();
  if (id !== undefined && id !== CORE_PACKAGE && knowledge.index.packageOf(id)) {
    return [candidateOf(id, "registry_id", question)];
  }
  if (isUnverified(id, question)) return [candidateOf(id, "unverified_id", question)];
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return [];
  const url = HOST + repository;
  const known = knowledge.index.packageOfRepository(url);
  if (known) return [candidateOf(known.id, "repository", question)];
  const installed = knowledge.installed.find((pack) => isSameRepository(pack, url))?.id;
  return [{
    repository: url,
    evidence: "repository",
    confidence: CONFIDENCE.repository,
    installed,
  }];
}

// The shipped index knows the packs of ComfyUI-Manager only; the registry itself is asked when the pack is added.
function isUnverified(id: string | undefined, { knowledge }: Question): id is string {
  return id !== undefined && id !== CORE_PACKAGE && !knowledge.index.knowsRegistry &&
    /^[a-z0-9][a-z0-9._-]*$/.test(id);
}

function fromIndex(
  { package_id, evidence, version, versions }: LookupAnswer,
  question: Question,
): NodeCandidate {
  const { need } = question;
  const saved = need.version !== undefined && versions.includes(need.version)
    ? need.version
    : undefined;
  const candidate = candidateOf(package_id, INDEX_EVIDENCE[evidence], question);
  return { ...candidate, version: saved ?? version ?? candidate.version };
}

function candidateOf(
  id: string,
  evidence: NodeEvidence,
  { need, answers, knowledge }: Question,
): NodeCandidate {
  const pack = knowledge.index.packageOf(id);
  const installed = knowledge.installed.find((one) =>
    one.registryId === id || one.id === id ||
    (pack?.repository !== undefined && isSameRepository(one, pack.repository))
  );
  const shaped = answers.find(({ package_id }) => package_id === id);
  const live = Object.entries(pack?.versions ?? {}).filter(([, facts]) => isLive(facts));
  const saved = live.find(([version]) => version === need.version)?.[0];
  const hasShape = saved !== undefined &&
    (!shaped || shaped.versions.length === 0 || shaped.versions.includes(saved));
  return {
    packageId: id,
    repository: pack?.repository,
    version: hasShape ? saved : shaped?.version ?? live[0]?.[0],
    evidence,
    confidence: CONFIDENCE[evidence],
    installed: installed?.id,
  };
}

function chosenBefore(choice: string, question: Question): NodeCandidate {
  const candidate = candidateOf(choice, "manifest", question);
  return /:\/\//.test(choice)
    ? { ...candidate, packageId: undefined, repository: choice }
    : candidate;
}

function isSameRepository({ repository }: InstalledPack, url: string): boolean {
  return repository !== undefined && canonicalUrl(repository) === canonicalUrl(url);
}
