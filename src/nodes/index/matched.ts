import type { MappedPackage } from "../../mappings/mod.ts";
import { fold, wordsOf } from "../../mappings/words/mod.ts";
import { namesOf } from "./names.ts";

const MOST_CLASSES = 3;

/**
 * Says in a few words what of a package fits a search, the weightiest first, such as `name` or `tag upscale`.
 *
 * @param words Folded words that were searched for.
 * @param classes The package's class names.
 */
export function describeMatch(
  id: string,
  found: MappedPackage,
  classes: readonly string[],
  words: readonly string[],
): string {
  const has = (text: string) => {
    // Taking a text apart costs far more than seeing that it cannot fit.
    if (hits(text, words) === 0) return false;
    const own = wordsOf(text);
    return words.some((word) => own.some((one) => one.startsWith(word)));
  };
  if (namesOf(id, found).some(has)) return "name";
  const tag = (found.tags ?? []).find(has);
  if (tag !== undefined) return `tag ${tag}`;
  const fitting = classes.filter(has).sort((a, b) => hits(b, words) - hits(a, words));
  if (fitting.length > 0) {
    const shown = fitting.slice(0, MOST_CLASSES).join(", ");
    return `class ${shown}${fitting.length > MOST_CLASSES ? ", …" : ""}`;
  }
  if (has(found.author ?? "")) return "author";
  if (has(found.description ?? "")) return "description";
  return "name";
}

function hits(text: string, words: readonly string[]): number {
  const folded = fold(text);
  return words.filter((word) => folded.includes(word)).length;
}
