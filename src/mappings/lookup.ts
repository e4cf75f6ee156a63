import { compareCodePoints } from "../base/mod.ts";
import type { Claim, Evidence, LookupAnswer, MappingIndex } from "./lookup_types.ts";
import { canonicalUrl, CORE_PACKAGE, CORE_REPOSITORIES } from "./manager/canonical_url.ts";
import { compileNamePattern } from "./name_pattern.ts";
import { packageScore } from "./rank.ts";
import { hashSignature, NO_SIGNATURE } from "./signature.ts";
import type { MappedPackage, MappedVersion } from "./types.ts";
import { sortVersions } from "./version_list.ts";

/** Nodes that ComfyUI's user interface makes itself; no package lists them. */
export const FRONTEND_NODES: readonly string[] = [
  "MarkdownNote",
  "Note",
  "PrimitiveNode",
  "Reroute",
];

/** What a lookup may know besides the class name. */
export interface LookupOptions {
  /** The node's signature (8 hex digits), or the canonical text behind it. */
  readonly signature?: string;
}

/** What is known of one package while answers are being put together. */
interface Draft {
  readonly evidence: Evidence;
  readonly versions: readonly string[];
}

const STRENGTH: readonly Evidence[] = ["builtin", "signature", "preemption", "type", "pattern"];

/**
 * Finds the packages that provide a node class, the best first.
 *
 * ComfyUI's own classes win. Then come packages that have the class with the very signature, those that take the name
 * over from others, those that have the name, and those that make such names at run time. Among equals a package
 * with a live version goes before one with deprecated versions only, then the higher score decides (FORMATS §3, "Ranking").
 *
 * @param index From `openMappingIndex`.
 * @param nodeType The class name as it stands in workflows.
 */
export function lookupNode(
  index: MappingIndex,
  nodeType: string,
  options: LookupOptions = {},
): readonly LookupAnswer[] {
  const drafts = collectDrafts(index, nodeType, options);
  const now = Date.parse(index.generatedAt);
  const answers = [...drafts].flatMap(([id, draft]) => {
    const pack = index.packageOf(id);
    if (!pack && draft.evidence !== "builtin") return [];
    return { answer: toAnswer(id, draft, pack), score: pack ? packageScore(pack, now) : 0 };
  });
  answers.sort((a, b) =>
    STRENGTH.indexOf(a.answer.evidence) - STRENGTH.indexOf(b.answer.evidence) ||
    Number(b.answer.live) - Number(a.answer.live) || b.score - a.score ||
    compareCodePoints(a.answer.package_id, b.answer.package_id)
  );
  return answers.map(({ answer }, place) => ({ ...answer, rank: place + 1 }));
}

function collectDrafts(
  index: MappingIndex,
  nodeType: string,
  { signature }: LookupOptions,
): ReadonlyMap<string, Draft> {
  const wanted = signature ? hashSignature(signature) : NO_SIGNATURE;
  const drafts = new Map<string, Draft>();
  for (const { signature: known, entries } of index.entriesOf(nodeType)) {
    const exact = wanted !== NO_SIGNATURE && known === wanted;
    for (const { package_id, versions } of entries) {
      const evidence = isCore(package_id, index.packageOf(package_id))
        ? "builtin"
        : exact
        ? "signature"
        : "type";
      addDraft(drafts, package_id, { evidence, versions });
    }
  }
  const { preempting, patterns } = arrangeClaims(index.claims());
  for (const id of preempting.get(nodeType) ?? []) {
    addDraft(drafts, id, { evidence: "preemption", versions: [] });
  }
  for (const { id, matches } of patterns) {
    if (matches(nodeType)) addDraft(drafts, id, { evidence: "pattern", versions: [] });
  }
  const builtin = [...drafts.values()].some(({ evidence }) => evidence === "builtin");
  if (FRONTEND_NODES.includes(nodeType) && !builtin) {
    drafts.set(CORE_PACKAGE, { evidence: "builtin", versions: [] });
  }
  return drafts;
}

/** Claims as look-ups need them. */
interface ArrangedClaims {
  /** Class name to the packages that take it over. */
  readonly preempting: ReadonlyMap<string, readonly string[]>;
  readonly patterns: readonly {
    readonly id: string;
    readonly matches: (name: string) => boolean;
  }[];
}

// Workflows are looked up node by node, and compiling every pattern each time would take most of the time.
const arranged = new WeakMap<readonly Claim[], ArrangedClaims>();

function arrangeClaims(claims: readonly Claim[]): ArrangedClaims {
  const known = arranged.get(claims);
  if (known) return known;
  const preempting = new Map<string, string[]>();
  const patterns: { id: string; matches: (name: string) => boolean }[] = [];
  for (const { id, package: pack } of claims) {
    for (const name of pack.preemptions ?? []) {
      preempting.set(name, [...preempting.get(name) ?? [], id]);
    }
    const matches = pack.nodename_pattern && compileNamePattern(pack.nodename_pattern);
    if (matches) patterns.push({ id, matches });
  }
  const result = { preempting, patterns };
  arranged.set(claims, result);
  return result;
}

/** The stronger evidence counts; the versions of weaker evidence are left out where it is the signature that decides. */
function addDraft(drafts: Map<string, Draft>, id: string, draft: Draft): void {
  const known = drafts.get(id);
  if (!known) {
    drafts.set(id, draft);
    return;
  }
  const [strong, weak] = STRENGTH.indexOf(known.evidence) <= STRENGTH.indexOf(draft.evidence)
    ? [known, draft]
    : [draft, known];
  const alone = strong.evidence === "signature" && weak.evidence !== "signature";
  const versions = alone ? strong.versions : [...new Set([...strong.versions, ...weak.versions])];
  drafts.set(id, { evidence: strong.evidence, versions: sortVersions(versions) });
}

function toAnswer(id: string, draft: Draft, pack: MappedPackage | undefined): LookupAnswer {
  const { evidence, versions } = draft;
  const packIsLive = !pack || (!pack.missing_since && !isWithdrawn(pack.status));
  const version = versions.find((one) => {
    const facts = pack && Object.hasOwn(pack.versions, one) ? pack.versions[one] : undefined;
    return facts !== undefined && isLive(facts);
  });
  return {
    rank: 0,
    package_id: id,
    evidence,
    versions,
    ...(version === undefined ? {} : { version }),
    live: packIsLive && (versions.length === 0 || version !== undefined),
    ...(pack ? { package: pack } : {}),
  };
}

/** Tells whether a version may be chosen: neither deprecated nor withdrawn nor vanished. */
export function isLive(version: MappedVersion): boolean {
  return !version.deprecated && !version.missing_since && !isWithdrawn(version.status);
}

function isWithdrawn(status: string | undefined): boolean {
  return status !== undefined && /(?:banned|deleted|flagged)$/i.test(status);
}

/** Tells whether a package is ComfyUI itself; a registry package is only under the registry's own id for it. */
function isCore(id: string, pack: MappedPackage | undefined): boolean {
  if (!pack || !CORE_REPOSITORIES.includes(canonicalUrl(pack.repository ?? ""))) return false;
  return id === CORE_PACKAGE || pack.source === "manager";
}
