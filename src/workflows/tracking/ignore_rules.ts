import ignore from "ignore";

const MAX_RULES = 10_000;

/** Tells whether a path is ignored. */
export type IgnoreRules = (path: string) => boolean;

/**
 * Reads the rules of a `.comfydockignore`, which are those of `.gitignore`.
 *
 * @returns A test for paths below ComfyUI's `workflows`, with forward slashes.
 */
export function readIgnoreRules(text: string): IgnoreRules {
  const rules = ignore().add(text.split(/\r?\n/).slice(0, MAX_RULES));
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}
