import { compareCodePoints } from "../../base/mod.ts";
import { type NodeMappings, packagePopularity } from "../../mappings/mod.ts";
import { type PackageSummary, summarizePackage } from "../package_summary.ts";
import { type Candidate, pickCandidates } from "./candidates.ts";
import { matchText, type TextMatch } from "./index.ts";
import { fold, nearestWord, queryWords } from "../../mappings/words/mod.ts";
import { vocabularyOf } from "./spelling.ts";

/** A package that a search found. */
export interface SearchHit extends PackageSummary {
  /** Text score times popularity; only its order means something. */
  readonly score: number;
  /** Class names that contain a word of the query, at most five. */
  readonly matching_classes: readonly string[];
}

/** What a search came to. */
export interface SearchResult {
  readonly query: string;
  /** The words that were searched for instead, when the query's own were not found. */
  readonly corrected?: string;
  /** How many packages matched; `hits` may be fewer. */
  readonly total: number;
  readonly hits: readonly SearchHit[];
}

/**
 * Finds packages by id, name, description, author, tags and class names, best first.
 *
 * Scores are FTS5's bm25 times 1 + log10(1 + popularity); a query that is exactly an id, name or class name comes first.
 * When nothing has all the words, each unknown one is replaced by the nearest known one, then any word is enough.
 *
 * @param mappings The data to search.
 * @param query Words in any order; each may be the beginning of a word.
 * @param limit How many hits at most.
 */
export function searchPackages(mappings: NodeMappings, query: string, limit = 20): SearchResult {
  const words = queryWords(query);
  if (words.length === 0) return { query, total: 0, hits: [] };
  let used: readonly string[] = words;
  let matches = matchAll(mappings, words, "all");
  if (matches.length === 0) {
    used = correct(mappings, words);
    matches = matchAll(mappings, used, "all");
  }
  if (matches.length === 0 && used.length > 1) matches = matchAll(mappings, used, "any");
  const wanted = fold(query.trim());
  const scored = matches
    .map(({ candidate, score }) => ({
      candidate,
      score: score * weightOf(candidate) * exactness(candidate, wanted),
    }))
    .sort((a, b) => b.score - a.score || compareCodePoints(a.candidate.id, b.candidate.id));
  const corrected = used.join(" ");
  return {
    query,
    ...(corrected === words.join(" ") ? {} : { corrected }),
    total: scored.length,
    hits: scored.slice(0, limit).map(({ candidate, score }) => toHit(candidate, score, used)),
  };
}

function matchAll(
  mappings: NodeMappings,
  words: readonly string[],
  wanted: "all" | "any",
): TextMatch[] {
  const candidates = pickCandidates(mappings, words, wanted);
  if (candidates.length === 0) return [];
  const terms = words.map((word) => `"${word}"*`);
  const total = Object.keys(mappings.packages).length;
  return matchText(candidates, terms.join(wanted === "all" ? " AND " : " OR "), total);
}

function correct(mappings: NodeMappings, words: readonly string[]): string[] {
  const vocabulary = vocabularyOf(mappings);
  const known = [...vocabulary.keys()];
  return words.map((word) =>
    known.some((found) => found.startsWith(word)) ? word : nearestWord(word, vocabulary) ?? word
  );
}

function weightOf({ found }: Candidate): number {
  return 1 + Math.log10(1 + packagePopularity(found));
}

// Who types a whole id, name or class name means exactly that one.
function exactness({ id, found, classes }: Candidate, wanted: string): number {
  if (fold(id) === wanted || fold(found.display_name ?? "") === wanted) return 20;
  return classes.some((name) => fold(name) === wanted) ? 10 : 1;
}

function toHit(
  { id, found, classes }: Candidate,
  score: number,
  words: readonly string[],
): SearchHit {
  return {
    ...summarizePackage(id, found),
    score,
    matching_classes: classes
      .filter((name) => words.some((word) => fold(name).includes(word)))
      .slice(0, 5),
  };
}
