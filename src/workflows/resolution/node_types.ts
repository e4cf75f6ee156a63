import type { LookupAnswer } from "../../mappings/claims/mod.ts";
import type { NodeIndex } from "../../nodes/mod.ts";
import type { NodeNeed } from "../dependencies/mod.ts";

/** What is known when classes are resolved. */
export interface NodeKnowledge {
  /** Classes of this environment's ComfyUI. */
  readonly builtins: Pick<ReadonlySet<string>, "has">;
  /** Such as `0.3.64`. */
  readonly comfyuiVersion?: string;
  readonly installed: readonly InstalledPack[];
  readonly index: PackIndex;
  readonly choices: NodeChoices;
}

/** What resolution asks of the node index. */
export interface PackIndex
  extends Pick<NodeIndex, "lookup" | "packageOf" | "packageOfRepository" | "find"> {
  /** Whether it knows the registry's packs; one that does not cannot tell a wrong id from a right one. */
  readonly knowsRegistry: boolean;
}

/** A pack of the environment. */
export interface InstalledPack {
  /** Its id in the manifest. */
  readonly id: string;
  readonly registryId?: string;
  readonly repository?: string;
  readonly version?: string;
  readonly enabled: boolean;
  /** Classes that its sources declare, as far as they were read. */
  readonly classes?: ReadonlySet<string>;
}

/** What people decided before: `[tool.comfydock.resolution]` of the manifest. */
export interface NodeChoices {
  /** Class to pack; `false` for a class that the workflow can do without. */
  readonly nodes: Readonly<Record<string, string | false>>;
  /** Packs that are taken where several offer a class. */
  readonly prefer: readonly string[];
  /** Packs that are never taken. */
  readonly deny: readonly string[];
}

/** Why a pack is thought to provide a class. */
export type NodeEvidence =
  | "manifest"
  | "installed"
  | "registry_id"
  /** The id that was saved with the node, which the index at hand cannot confirm. */
  | "unverified_id"
  | "repository"
  | "signature"
  | "preemption"
  | "class"
  /** Of several packs that have the class alike, the one that other classes of the workflow need anyway. */
  | "needed_anyway"
  /** The one pack that has all classes of the workflow which several packs have alike. */
  | "covers_open"
  | "pattern"
  | "search";

/** A pack that may provide a class. */
export interface NodeCandidate {
  /** The registry's id; absent for a repository that no index knows. */
  readonly packageId?: string;
  readonly repository?: string;
  /** The version to take: the one that the workflow was made with where it has the class in that shape, else the newest. */
  readonly version?: string;
  readonly evidence: NodeEvidence;
  /** From 0 to 1. */
  readonly confidence: number;
  /** The id in the manifest of the pack that is installed already. */
  readonly installed?: string;
}

/** What became of a class. */
export type NodeOutcome =
  /** ComfyUI brings it. */
  | "builtin"
  /** A later ComfyUI brings it. */
  | "newer_comfyui"
  /** An installed pack provides it; a disabled one has to be enabled. */
  | "installed"
  | "disabled"
  /** One pack can be installed for it. */
  | "available"
  /** Several packs offer it, and nothing tells which, not even the other classes of the workflow. */
  | "ambiguous"
  /** People decided to do without it. */
  | "optional"
  | "unknown";

/** A class, and who provides it. */
export interface ResolvedNode {
  readonly need: NodeNeed;
  readonly outcome: NodeOutcome;
  /** The pack that is taken. */
  readonly chosen?: NodeCandidate;
  /** All that came into question, the best first. */
  readonly candidates: readonly NodeCandidate[];
  /** For `newer_comfyui`: the version that the workflow was saved with. */
  readonly wantsComfyUI?: string;
}

/** How sure each kind of evidence is; exact shape before name, name before guess. */
export const CONFIDENCE: Readonly<Record<NodeEvidence, number>> = {
  manifest: 1,
  installed: 1,
  registry_id: 0.98,
  unverified_id: 0.88,
  repository: 0.97,
  signature: 0.95,
  preemption: 0.9,
  class: 0.85,
  needed_anyway: 0.8,
  covers_open: 0.7,
  pattern: 0.6,
  search: 0.3,
};

/** The evidence of the index in the words of resolution. */
export const INDEX_EVIDENCE: Readonly<Record<LookupAnswer["evidence"], NodeEvidence>> = {
  builtin: "class",
  signature: "signature",
  preemption: "preemption",
  type: "class",
  pattern: "pattern",
};
