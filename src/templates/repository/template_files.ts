/** What a file beside the workflows is of a template. */
export interface FileOwner {
  readonly id: string;
  /** Of `<id>-2.webp` 2; absent for a file that is called like the template. */
  readonly number?: number;
}

/**
 * Tells which template a file belongs to: `<id>-N.<ext>` to `<id>`, else `<id>.<ext>` to `<id>`.
 *
 * The whole id counts, never its beginning: `foo-bar-1.webp` is none of `foo`'s.
 *
 * @param name Of the file, without directory.
 * @param ids All ids that there are.
 */
export function ownerOfFile(
  name: string,
  ids: { has(id: string): boolean },
): FileOwner | undefined {
  const stem = name.replace(/\.[^.]+$/, "");
  const [, id, number] = /^(.+)-(\d+)$/.exec(stem) ?? [];
  if (id !== undefined && !name.endsWith(".json") && ids.has(id)) {
    return { id, number: Number(number) };
  }
  return ids.has(stem) ? { id: stem } : undefined;
}

/** The extension of a file in lower case, without dot; empty when it has none. */
export function extensionOf(name: string): string {
  return /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** Whether an id that bundles list is one of a template; the lists beside the workflows are shipped, too. */
export function isTemplateId(id: string): boolean {
  return !/^(?:index(?:\..+|_logo)?|fuse_options)$/.test(id);
}
