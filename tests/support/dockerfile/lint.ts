import { parseDockerfile } from "./parse.ts";
import { DOCKERFILE_RULES } from "./rules.ts";

/** Checks a Dockerfile by the rules of hadolint, and gives what breaks them as `line: RULE`. */
export function lintDockerfile(source: string): readonly string[] {
  const all = parseDockerfile(source);
  return Object.entries(DOCKERFILE_RULES)
    .flatMap(([rule, check]) =>
      check(all).filter(({ ignored }) => !ignored.has(rule)).map(({ line }) => ({ line, rule }))
    )
    .sort((a, b) => a.line - b.line)
    .map(({ line, rule }) => `${line}: ${rule}`);
}
