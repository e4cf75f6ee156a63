/** A run of letters and digits. */
export const WORD = /[\p{L}\p{N}]+/gu;
const CAMEL = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const CAPITAL_INSIDE = /[^A-Z][A-Z]|[A-Z][A-Z][a-z]/;
const BEYOND_ASCII = /\P{ASCII}/u;

/**
 * The words of a text, folded, with the parts of CamelCase names beside the whole.
 *
 * `KSamplerAdvanced` gives `ksampleradvanced`, `k`, `sampler`, `advanced`, so that a search may name any of them.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of text.match(BEYOND_ASCII.test(text) ? WORD : /[A-Za-z0-9]+/g) ?? []) {
    words.push(fold(word));
    if (!CAPITAL_INSIDE.test(word)) continue;
    const parts = word.split(CAMEL);
    if (parts.length > 1) { for (const part of parts) words.push(fold(part)); }
  }
  return words;
}

/** The words of a query: each as typed, folded; the first `most` of them. */
export function queryWords(query: string, most = 12): string[] {
  return [...new Set((query.match(WORD) ?? []).map(fold))].slice(0, most);
}

/** Lower case without accents, as SQLite's `unicode61` folds. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize("NFD").replace(/\p{M}/gu, "") : lower;
}
