/**
 * The parts of a path that a manifest gives, with forward slashes, below some directory.
 *
 * @returns Nothing where the path leads out of the directory, or could on another system.
 */
export function innerParts(path: string): readonly string[] | undefined {
  const parts = path.split("/");
  const odd = /[\\:\p{Cc}]|^\.{0,2}$/u;
  return parts.some((part) => odd.test(part)) ? undefined : parts;
}
