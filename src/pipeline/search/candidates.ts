import type { MappedPackage, NodeMappings } from "../../mappings/mod.ts";
import { classNameOf } from "../class_name.ts";
import { fold } from "../../mappings/words/mod.ts";

/** A package that may match a query, with the class names that it provides. */
export interface Candidate {
  readonly id: string;
  readonly found: MappedPackage;
  readonly classes: readonly string[];
}

/**
 * Picks the packages whose texts contain the words of a query anywhere, so that only they need a full-text index.
 *
 * @param words Folded words, at most 30.
 * @param wanted Whether a candidate has all words or any of them.
 */
export function pickCandidates(
  mappings: NodeMappings,
  words: readonly string[],
  wanted: "all" | "any",
): Candidate[] {
  const masks = new Map<string, number>();
  for (const key in mappings.mappings) {
    const mask = maskOf(key, words);
    if (mask === 0) continue;
    for (const { package_id: id } of mappings.mappings[key]!) {
      masks.set(id, (masks.get(id) ?? 0) | mask);
    }
  }
  const full = 2 ** words.length - 1;
  const classes = new Map<string, Set<string>>();
  const candidates: Candidate[] = [];
  for (const [id, found] of Object.entries(mappings.packages)) {
    const mask = (masks.get(id) ?? 0) | maskOf(textOf(id, found), words);
    if (wanted === "all" ? mask === full : mask !== 0) classes.set(id, new Set());
  }
  if (classes.size === 0) return [];
  for (const key in mappings.mappings) {
    for (const { package_id: id } of mappings.mappings[key]!) {
      classes.get(id)?.add(classNameOf(key));
    }
  }
  for (const [id, names] of classes) {
    candidates.push({ id, found: mappings.packages[id]!, classes: [...names] });
  }
  return candidates;
}

function maskOf(text: string, words: readonly string[]): number {
  const folded = fold(text);
  let mask = 0;
  for (let at = 0; at < words.length; at++) if (folded.includes(words[at]!)) mask |= 1 << at;
  return mask;
}

function textOf(id: string, found: MappedPackage): string {
  const tags = found.tags ? found.tags.join(" ") : "";
  return `${id} ${found.display_name ?? ""} ${found.author ?? ""} ${
    found.description ?? ""
  } ${tags}`;
}
