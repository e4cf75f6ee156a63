import { type RemoteRefs, type ResolvedRef, resolveRef } from "../tools/mod.ts";

/** What is to be done next to find a wanted version. */
export type VersionStep =
  /** The mirror's refs say which commit it is. */
  | { readonly kind: "known"; readonly version: ResolvedRef; readonly moving: boolean }
  /** It looks like a commit, which the mirror may hold without any ref. */
  | { readonly kind: "commit"; readonly id: string }
  /** Only the source can tell. */
  | { readonly kind: "ask" };

/**
 * Decides how far the mirror's refs answer what is wanted.
 *
 * Releases and commits stay what they are, so the mirror's word for them holds; `latest` and branches move.
 *
 * @param refs What the mirror has; `undefined` when there is no mirror.
 * @param wanted `latest`, a release, a branch, or a full or short commit.
 */
export function planVersion(refs: RemoteRefs | undefined, wanted: string): VersionStep {
  const version = refs && resolveRef(refs, wanted);
  if (version && version.kind !== "commit") {
    const moving = wanted === "latest" || version.kind === "branch";
    return { kind: "known", version, moving };
  }
  return isCommitLike(wanted) ? { kind: "commit", id: wanted.toLowerCase() } : { kind: "ask" };
}

/** Whether a text can be a full or short commit. */
export function isCommitLike(wanted: string): boolean {
  return /^[0-9a-f]{4,64}$/i.test(wanted);
}

/**
 * The names most like a wanted one, best first.
 *
 * @param wanted What was asked for and does not exist.
 * @param names What exists, those that are preferred among equals first.
 */
export function nearestNames(wanted: string, names: readonly string[], limit = 3): string[] {
  const target = pairsOf(wanted);
  return names.map((name) => ({ name, likeness: likeness(target, pairsOf(name)) }))
    .filter(({ likeness }) => likeness >= 0.4)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, limit)
    .map(({ name }) => name);
}

function pairsOf(text: string): readonly string[] {
  const padded = ` ${text.toLowerCase().slice(0, 100)} `;
  return Array.from({ length: padded.length - 1 }, (_, at) => padded.slice(at, at + 2));
}

// Dice's coefficient over pairs of letters.
function likeness(one: readonly string[], other: readonly string[]): number {
  const left = [...other];
  const shared = one.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (one.length + other.length);
}
