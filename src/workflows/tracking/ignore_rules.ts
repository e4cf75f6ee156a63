const MAX_RULES = 10_000;

/** Tells whether a path is ignored. */
export type IgnoreRules = (path: string) => boolean;

/**
 * Reads the rules of a `.comfydockignore`, which are those of `.gitignore`.
 *
 * @returns A test for paths below ComfyUI's `workflows`, with forward slashes.
 */
export async function readIgnoreRules(text: string): Promise<IgnoreRules> {
  const lines = text.split(/\r?\n/).slice(0, MAX_RULES);
  if (!lines.some((line) => /^\s*[^\s#]/.test(line))) return () => false;
  // Loading the package takes as long as all of a status; most environments have no rules.
  const { default: ignore } = await import("ignore");
  const rules = ignore().add(lines);
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}
