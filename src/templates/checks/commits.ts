import { ComfydockError } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import { type Finding, finding } from "../findings/mod.ts";

// https://www.conventionalcommits.org/en/v1.0.0/
const CONVENTIONAL =
  /^(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([^)]+\))?!?: \S/;
// What git and hosts write themselves.
const MADE_BY_TOOLS = /^(?:Merge |Revert "|fixup! |squash! )/;

/** A commit whose subject is looked at. */
export interface NamedCommit {
  readonly commit: string;
  readonly subject: string;
}

/**
 * Checks the subjects of commits.
 *
 * @param pattern A regular expression from the configuration; default that of conventional commits.
 * @throws `E_BAD_CONFIG` for a pattern that is none
 */
export function checkCommits(
  commits: readonly NamedCommit[],
  pattern?: string,
): readonly Finding[] {
  const rule = pattern === undefined ? CONVENTIONAL : compile(pattern);
  return commits.filter(({ subject }) => !rule.test(subject) && !MADE_BY_TOOLS.test(subject))
    .map(({ commit, subject }) =>
      finding(
        "E_COMMIT_MESSAGE",
        { file: ".", path: commit.slice(0, 12) },
        `The subject "${subject}" is not of the form ${pattern ?? "type(scope): what changed"}`,
      )
    );
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch (cause) {
    throw new ComfydockError(
      templateErrors.E_BAD_CONFIG,
      `Cannot use templates.config.json $.commitPattern: "${pattern}" is no regular expression`,
      { hint: "Correct it, or leave it out for conventional commits", cause },
    );
  }
}
