/**
 * How much a package is used: downloads / 10 + stars × 2, the score of the ranking without its recency.
 *
 * A package new this week is popular or not for what people did, not for its age.
 */
export function popularityOf(
  found: { readonly downloads?: number; readonly github_stars?: number },
): number {
  return (found.downloads ?? 0) / 10 + (found.github_stars ?? 0) * 2;
}

/** The class name of a mappings key: what stands before its last `::`, or its last `|` in the predecessor's files. */
export function classNameOf(key: string): string {
  const at = key.lastIndexOf("::");
  const end = at > 0 ? at : key.lastIndexOf("|");
  return end > 0 ? key.slice(0, end) : key;
}
