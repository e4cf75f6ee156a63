/**
 * The words of names and queries, and the known word that a mistyped one stands for.
 *
 * @example
 * ```ts
 * import { nearestWord, queryWords } from "./mod.ts";
 *
 * const vocabulary = new Map([["sampler", 12], ["scheduler", 7]]);
 * queryWords("Smapler").map((word) => nearestWord(word, vocabulary)); // ["sampler"]
 * ```
 *
 * @module
 */
export { nearestWord, wordsNear } from "./nearest_word.ts";
export { fold, queryWords, WORD, wordsOf } from "./words.ts";
