import type { NodeMappings } from "../../mappings/mod.ts";
import { WORD, wordsOf } from "../../mappings/words/mod.ts";
import { classNameOf } from "../class_name.ts";

/** Every word of ids, display names and class names, with how often it comes. */
export function vocabularyOf(mappings: NodeMappings): Map<string, number> {
  // Names share most of their words, so each spelling is taken apart only once.
  const spellings = new Map<string, number>();
  const texts = [
    ...Object.keys(mappings.packages),
    ...Object.values(mappings.packages).map((found) => found.display_name ?? ""),
    ...Object.keys(mappings.mappings).map(classNameOf),
  ];
  for (const spelling of texts.join(" ").match(WORD) ?? []) {
    spellings.set(spelling, (spellings.get(spelling) ?? 0) + 1);
  }
  const vocabulary = new Map<string, number>();
  for (const [spelling, uses] of spellings) {
    for (const word of wordsOf(spelling)) vocabulary.set(word, (vocabulary.get(word) ?? 0) + uses);
  }
  return vocabulary;
}
